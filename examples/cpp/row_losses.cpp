// SPDX-License-Identifier: MIT
// Computes the losses of two rows by an installed libxent, and is told what a label out of range is:
//   c++ -std=c++20 row_losses.cpp $(pkg-config --cflags --libs xent) -o row_losses
#include <cstdint>
#include <cstdio>
#include <vector>

#include <xent.hpp>

int main() {
  std::vector<float> logits = {30, 0, 0, 1, 2, 3}, loss(2);
  std::vector<std::int64_t> labels = {0, 2};
  xent::CrossEntropy call(xent::Tensor(logits, {2, 3}));
  call.labels = xent::Tensor(labels, {2});
  call.loss = xent::Tensor(loss, {2});
  call.options.reduction = XENT_REDUCTION_NONE;
  call.compute("faithful");
  std::printf("%g %g\n", static_cast<double>(loss[0]), static_cast<double>(loss[1]));
  labels[1] = 3;
  try {
    call.compute("faithful");
  } catch (const xent::Error& error) {
    std::printf("%s\n", error.what());
  }
}
