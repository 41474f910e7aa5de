// SPDX-License-Identifier: MIT
// C = 1, for which loss and gradient are +0 whatever the logit, scale * N(0, 1).
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(scale, random, logits);
  return 0;
}

}  // namespace

const FamilySource one_class_family = {
    .family = {.name = "one_class",
               .summary = "C = 1: loss and gradient are zero",
               .classes = 1,
               .magnitude = [](double scale) { return Random::max_normal * scale; },
               .typical_scale = 3},
    .fill = fill};

}  // namespace xent::cases
