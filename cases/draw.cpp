// SPDX-License-Identifier: MIT
// What several families draw: normal logits, labels.
#include <algorithm>

#include "cases/family.hpp"

namespace xent::cases {

void draw_normals(double scale, Random& random, std::span<double> logits) {
  for (double& x : logits) x = scale * random.normal();
}

std::ptrdiff_t draw_label(Random& random, std::span<const double> logits) {
  const std::ptrdiff_t eighth = random.below(8);
  if (eighth < 2) return std::max_element(logits.begin(), logits.end()) - logits.begin();
  if (eighth < 3) return std::min_element(logits.begin(), logits.end()) - logits.begin();
  return random.below(std::ssize(logits));
}

std::ptrdiff_t draw_other(Random& random, std::ptrdiff_t one, std::ptrdiff_t classes) {
  return (one + 1 + random.below(classes - 1)) % classes;
}

}  // namespace xent::cases
