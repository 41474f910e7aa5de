// SPDX-License-Identifier: MIT
// The losses of two rows; the first is the kind that frameworks round to 0.
#include <cstdio>

#include <xent/implementation.hpp>

int main() {
  const float logits[] = {30, 0, 0, 1, 2, 3};  // [2, 3]
  const std::int64_t labels[] = {0, 2};
  float loss[2];
  const xent::Problem<float> problem{xent::row_major(logits, 2, 3),
                                     xent::Labels<std::int64_t>{labels, 2},
                                     {xent::Reduction::none}};
  xent::find_implementation("simd")->f32.kernel(problem, {.loss = {loss, 2}});
  std::printf("%g %g\n", static_cast<double>(loss[0]), static_cast<double>(loss[1]));
}
