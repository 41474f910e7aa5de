// SPDX-License-Identifier: MIT
// Magnitudes spread over 40 binary exponents below the scale, either sign; about one logit in 64,
// and one at least, is a spike within a factor of two of the scale.
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  for (double& x : logits) {
    const double magnitude = scale * random.log_uniform(random.one_in(64) ? 1 : 40);
    x = random.one_in(2) ? magnitude : -magnitude;
  }
  const std::ptrdiff_t spike = random.below(std::ssize(logits));
  const double magnitude = scale * random.log_uniform(1);
  logits[static_cast<std::size_t>(spike)] = random.one_in(2) ? magnitude : -magnitude;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource heavy_tail_family = {
    .family = {.name = "heavy_tail",
               .summary = "magnitudes spread over 40 exponents, with a few spikes near the scale",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 1000},
    .fill = fill};

}  // namespace xent::cases
