// SPDX-License-Identifier: MIT
// All terms of a smoothed row have the weight of its label.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_weight() && doubt.has_labels() && doubt.problem.options.label_smoothing != 0))
    return {};
  return {{.sentence = "the result with the label's weight for all classes of a row; the "
                       "definition has each class's own",
           .plant = [](Formula& f, double) { f.weighing = Weighing::of_label; }}};
}

}  // namespace

extern const Hypothesis weight_of_label{
    .name = "weight_of_label",
    .summary = "smoothing weighed by the label's weight",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
