// SPDX-License-Identifier: MIT
// x_j is a multiple of 2^-4 within the scale (of 2^-2 in bf16). While that is at most s = 2^(p - 5)
// for numbers of p bits (2^(p - 3) in bf16), differences are exact, and so are shifts of the row by
// a multiple of as much, up to s.
#include <algorithm>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, DType dtype, Random& random, std::span<double> logits) {
  const double steps = dtype == DType::bf16 ? 4 : 16;  // in 1
  const auto most = static_cast<std::ptrdiff_t>(std::min(steps * scale, 0x1p50));
  for (double& x : logits) x = static_cast<double>(random.below(2 * most + 1) - most) / steps;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource dyadic_family = {
    .family = {.name = "dyadic",
               .summary =
                   "multiples of 1/16 (bf16: 1/4) within the scale: differences and shifts exact",
               .magnitude = [](double scale) { return scale; },
               .typical_scale = 16},
    .fill_of_type = fill};

}  // namespace xent::cases
