// SPDX-License-Identifier: MIT
// x_j = scale * N(0, 1).
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(scale, random, logits);
  return draw_label(random, logits);
}

}  // namespace

const FamilySource normal_family = {
    .family = {.name = "normal",
               .summary = "logits scale * N(0, 1)",
               .magnitude = [](double scale) { return Random::max_normal * scale; },
               .typical_scale = 3},
    .fill = fill};

}  // namespace xent::cases
