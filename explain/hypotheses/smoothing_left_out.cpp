// SPDX-License-Identifier: MIT
// Label smoothing is left out.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.problem.options.label_smoothing != 0)) return {};
  return {{.sentence = "the result without label smoothing", .plant = [](Formula& f, double) {
             f.keep = 1;
             f.share = 0;
           }}};
}

}  // namespace

extern const Hypothesis smoothing_left_out{
    .name = "smoothing_left_out",
    .summary = "label smoothing left out",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
