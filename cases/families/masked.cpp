// SPDX-License-Identifier: MIT
// scale * N(0, 1) with a share of 0 to 99 % of the classes masked by -inf. One class at least is
// kept: the label's, but in one row of eight the label is masked and its loss is +inf.
#include <limits>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  draw_normals(scale, random, logits);
  const std::ptrdiff_t classes = std::ssize(logits);
  const std::ptrdiff_t label = draw_label(random, logits);
  const bool label_masked = classes > 1 && random.one_in(8);
  const std::ptrdiff_t kept = label_masked ? draw_other(random, label, classes) : label;
  const double share = random.uniform(0, 0.99);
  for (std::ptrdiff_t j = 0; j < classes; ++j)
    if ((random.uniform() < share && j != kept) || (label_masked && j == label))
      logits[static_cast<std::size_t>(j)] = -std::numeric_limits<double>::infinity();
  return label;
}

}  // namespace

const FamilySource masked_family = {
    .family = {.name = "masked",
               .summary = "scale * N(0, 1), a share of the classes of each row masked by -inf",
               .masked = true,
               .magnitude = [](double scale) { return Random::max_normal * scale; },
               .typical_scale = 3},
    .fill = fill};

}  // namespace xent::cases
