// SPDX-License-Identifier: MIT
// Label smoothing with eps and 1 - eps in each other's place.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  const double eps = doubt.problem.options.label_smoothing;
  if (eps == 0) return {};
  const double share = (1 - eps) / static_cast<double>(doubt.classes());
  return {{.sentence = "the result of label smoothing with eps and 1 - eps in each other's place",
           .plant = [eps, share](Formula& f, double) {
             f.keep = eps;
             f.share = share;
           }}};
}

}  // namespace

extern const Hypothesis smoothing_swapped{
    .name = "smoothing_swapped",
    .summary = "label smoothing with eps and 1 - eps swapped",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
