// SPDX-License-Identifier: MIT
// x_j = +-2^floor(scale) + N(0, 1), rounded to the element type: a large exact offset that cancels
// in x_j - x_k, to what distinct logits are left at that size.
#include <algorithm>
#include <cmath>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

/// 2^floor(scale), infinite for a scale past the range of a double.
double offset(double scale) { return std::ldexp(1.0, static_cast<int>(std::min(scale, 2000.0))); }

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(1, random, logits);
  const double common = random.one_in(2) ? offset(scale) : -offset(scale);
  for (double& x : logits) x += common;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource offset_family = {
    .family = {.name = "offset",
               .summary = "N(0, 1) around a common offset of plus or minus 2^scale",
               .magnitude = [](double scale) { return offset(scale) + Random::max_normal; },
               .typical_scale = 12},
    .fill = fill};

}  // namespace xent::cases
