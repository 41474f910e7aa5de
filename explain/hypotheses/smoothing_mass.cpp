// SPDX-License-Identifier: MIT
// Label smoothing with the mass (1 - eps) / C on each class in place of eps / C.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  const double eps = doubt.problem.options.label_smoothing;
  if (eps == 0) return {};
  const double share = (1 - eps) / static_cast<double>(doubt.classes());
  return {{.sentence =
               "the result of label smoothing with mass (1 - eps) / C; the option here is eps / C",
           .plant = [share](Formula& f, double) { f.share = share; }}};
}

}  // namespace

extern const Hypothesis smoothing_mass{
    .name = "smoothing_mass",
    .summary = "label smoothing with mass (1 - eps) / C",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
