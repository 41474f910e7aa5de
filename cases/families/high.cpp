// SPDX-License-Identifier: MIT
// The maximum of each row between 4/5 of the scale and all of it, the other logits up to 1, 32, or
// the scale below it. With 887 it lies where exp(m) overflows a float, or a double, and m is small
// enough for an exponential that is not shifted.
#include <algorithm>
#include <array>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  const std::array<double, 3> gaps = {1, 32, scale};
  const double maximum = scale * random.uniform(0.8, 1);
  const double gap = std::min(gaps[static_cast<std::size_t>(random.below(3))], scale);
  for (double& x : logits) x = maximum - random.uniform(0, gap);
  logits[static_cast<std::size_t>(random.below(std::ssize(logits)))] = maximum;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource high_family = {
    .family = {.name = "high",
               .summary = "a maximum between 4/5 of the scale and all of it, the others below",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 887,
               .extreme = true},
    .fill = fill};

}  // namespace xent::cases
