// SPDX-License-Identifier: MIT
// scale * N(0, 1) with NaN, +inf and -inf put in, one to four in a row or all of it.
#include <algorithm>
#include <limits>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double values[] = {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity};

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(scale, random, logits);
  const std::ptrdiff_t classes = std::ssize(logits);
  const std::ptrdiff_t label = draw_label(random, logits);
  if (random.one_in(8)) {
    std::fill(logits.begin(), logits.end(), values[random.below(3)]);
  } else if (random.one_in(4)) {
    std::fill(logits.begin(), logits.end(), -infinity);
  } else {
    for (std::ptrdiff_t k = random.below(4); k >= 0; --k) {
      const std::ptrdiff_t j = random.one_in(4) ? label : random.below(classes);
      logits[static_cast<std::size_t>(j)] = values[random.below(3)];
    }
  }
  return label;
}

}  // namespace

const FamilySource special_family = {
    .family = {.name = "special",
               .summary = "NaN, +inf and -inf among scale * N(0, 1); rows of -inf only",
               .masked = true,
               .special = true,
               .magnitude = [](double scale) { return Random::max_normal * scale; },
               .typical_scale = 3},
    .fill = fill};

}  // namespace xent::cases
