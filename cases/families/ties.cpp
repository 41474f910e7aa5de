// SPDX-License-Identifier: MIT
// Two classes or more share the maximum exactly; the others are scale * N(0, 1).
#include <algorithm>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(scale, random, logits);
  const std::ptrdiff_t classes = std::ssize(logits);
  if (classes == 1) return 0;
  const std::ptrdiff_t first = std::max_element(logits.begin(), logits.end()) - logits.begin();
  const std::ptrdiff_t most =
      random.one_in(2) ? classes - 1 : std::min<std::ptrdiff_t>(classes - 1, 3);
  std::ptrdiff_t tied = first;
  for (std::ptrdiff_t k = random.below(most); k >= 0; --k) {
    tied = draw_other(random, first, classes);
    logits[static_cast<std::size_t>(tied)] = logits[static_cast<std::size_t>(first)];
  }
  return random.one_in(2) ? tied : draw_label(random, logits);
}

}  // namespace

const FamilySource ties_family = {
    .family = {.name = "ties",
               .summary = "scale * N(0, 1), several classes sharing the maximum",
               .magnitude = [](double scale) { return Random::max_normal * scale; },
               .typical_scale = 3},
    .fill = fill};

}  // namespace xent::cases
