// SPDX-License-Identifier: MIT
// All classes but one, a, lie deep below: x_j in [x_a - scale, x_a - gap], with gap in [0, scale]
// and x_a in [-1, 1] drawn for the row. The loss of a is at most (C - 1) exp(-gap): tiny, and a
// normal number while gap is below 87 (f32) or 708 (f64).
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  const std::ptrdiff_t ahead = random.below(std::ssize(logits));
  const double top = random.uniform(-1, 1);
  const double gap = random.uniform(0, scale);
  for (double& x : logits) x = top - random.uniform(gap, scale);
  logits[static_cast<std::size_t>(ahead)] = top;
  return random.one_in(4) ? draw_label(random, logits) : ahead;
}

}  // namespace

const FamilySource deep_gap_family = {
    .family = {.name = "deep_gap",
               .summary = "the label's or the largest logit ahead of all others by up to the scale",
               .magnitude = [](double scale) { return scale + 1; },
               .typical_scale = 85},
    .fill = fill};

}  // namespace xent::cases
