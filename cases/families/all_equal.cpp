// SPDX-License-Identifier: MIT
// x_j = c for every class, so that the loss is log C; c within the scale, and 0 in one row of four.
#include <algorithm>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  const double common = random.one_in(4) ? 0 : random.uniform(-scale, scale);
  std::fill(logits.begin(), logits.end(), common);
  return random.below(std::ssize(logits));
}

}  // namespace

const FamilySource all_equal_family = {
    .family = {.name = "all_equal",
               .summary =
                   "every logit of a row the same number within the scale: the loss is log C",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 10},
    .fill = fill};

}  // namespace xent::cases
