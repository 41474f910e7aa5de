// SPDX-License-Identifier: MIT
// A confident model: x_a = scale + N(0, 1), the others N(0, 1); the label is a in most rows.
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(1, random, logits);
  const std::ptrdiff_t ahead = random.below(std::ssize(logits));
  logits[static_cast<std::size_t>(ahead)] += scale;
  return random.one_in(8) ? draw_label(random, logits) : ahead;
}

}  // namespace

const FamilySource confident_family = {
    .family = {.name = "confident",
               .summary = "one logit, mostly the label's, ahead of N(0, 1) by about the scale",
               .magnitude = [](double scale) { return scale + Random::max_normal; },
               .typical_scale = 20},
    .fill = fill};

}  // namespace xent::cases
