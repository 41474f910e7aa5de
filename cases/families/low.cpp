// SPDX-License-Identifier: MIT
// The maximum of each row between 3/5 of minus the scale and all of that, the other logits up to 1,
// 32, or as far as the scale lets below it. With 890 exp(m) underflows in float, or in double.
#include <algorithm>
#include <array>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  const std::array<double, 3> gaps = {1, 32, scale};
  const double maximum = -scale * random.uniform(0.6, 1);
  const double gap = std::min(gaps[static_cast<std::size_t>(random.below(3))], scale + maximum);
  for (double& x : logits) x = maximum - random.uniform(0, gap);
  logits[static_cast<std::size_t>(random.below(std::ssize(logits)))] = maximum;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource low_family = {
    .family = {.name = "low",
               .summary = "a maximum between minus the scale and 3/5 of that, the others below",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 890,
               .extreme = true},
    .fill = fill};

}  // namespace xent::cases
