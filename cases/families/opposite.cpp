// SPDX-License-Identifier: MIT
// Every logit is 0 or, of either sign, between half of the scale and all of it: differences reach
// twice the scale, beyond the largest number where the scale is that.
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  for (double& x : logits) {
    const double magnitude = random.one_in(8) ? 0 : scale * random.uniform(0.5, 1);
    x = random.one_in(2) ? magnitude : -magnitude;
  }
  return draw_label(random, logits);
}

}  // namespace

const FamilySource opposite_family = {
    .family = {.name = "opposite",
               .summary = "0, or of either sign between half of the scale and all of it",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 1e4,
               .extreme = true},
    .fill = fill};

}  // namespace xent::cases
