// SPDX-License-Identifier: MIT
// Label smoothing that gives eps / (C - 1) to the other classes and 1 - eps to the label.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  const double eps = doubt.problem.options.label_smoothing;
  if (eps == 0 || doubt.classes() < 2) return {};
  const double share = eps / static_cast<double>(doubt.classes() - 1);
  return {{.sentence = "the result of label smoothing with eps / (C - 1) for each other class; the "
                       "option here is eps / C for every class",
           .plant = [eps, share](Formula& f, double) {
             f.keep = 1 - eps - share;
             f.share = share;
           }}};
}

}  // namespace

extern const Hypothesis smoothing_others{
    .name = "smoothing_others",
    .summary = "label smoothing with eps / (C - 1) for the other classes",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
