// SPDX-License-Identifier: MIT
// C = 2, for which the loss is log1p(exp(-gap)) or gap + log1p(exp(-gap)): gap uniform in exponent
// up to the scale, the larger logit 0 or anywhere within the scale.
#include "cases/family.hpp"

namespace xent::cases {
namespace {

std::ptrdiff_t fill(double scale, Random& random, std::span<double> logits) {
  const double top = random.one_in(2) ? 0 : random.uniform(-scale, scale);
  const double gap = scale * random.log_uniform(64);
  const std::size_t larger = random.one_in(2) ? 0 : 1;
  logits[larger] = top;
  logits[1 - larger] = top - gap;
  return draw_label(random, logits);
}

}  // namespace

const FamilySource two_classes_family = {
    .family = {.name = "two_classes",
               .summary = "C = 2, the gap uniform in exponent up to the scale",
               .classes = 2,
               .magnitude = [](double scale) { return 2 * scale; },
               .typical_scale = 80},
    .fill = fill};

}  // namespace xent::cases
