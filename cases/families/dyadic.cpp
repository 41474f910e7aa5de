// SPDX-License-Identifier: MIT
// x_j is a multiple of 2^-4 within the scale: differences are exact in either element type, and so
// is a shift of the row by such a number (while 16 * scale < 2^23).
#include <algorithm>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  const auto most = static_cast<std::ptrdiff_t>(std::min(16 * scale, 0x1p50));
  for (double& x : logits) x = static_cast<double>(random.below(2 * most + 1) - most) / 16;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource dyadic_family = {
    .family = {.name = "dyadic",
               .summary =
                   "multiples of 1/16 within the scale, so that differences and shifts are exact",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 16},
    .fill = fill};

}  // namespace xent::cases
