// SPDX-License-Identifier: MIT
// Label smoothing with another eps than the option's, which may be 0.
#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (doubt.classes() < 2) return {};
  const auto classes = static_cast<double>(doubt.classes());
  const double eps = doubt.problem.options.label_smoothing;
  return {
      {.sentence =
           fmt::format("the result of label smoothing with eps = {{}}; the option here is {}", eps),
       .plant =
           [classes](Formula& f, double other) {
             f.keep = 1 - other;
             f.share = other / classes;
           },
       .parameter = {{.symbol = "eps", .least = 1e-6, .most = 1, .linear = true, .neutral = eps}}}};
}

}  // namespace

extern const Hypothesis other_smoothing{
    .name = "other_smoothing",
    .summary = "label smoothing with another eps",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
