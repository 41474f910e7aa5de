// SPDX-License-Identifier: MIT
// planted FAULT: a fault that a sanitizer is to report. `uninitialised`: a kernel is given a row of
// which one logit was never written, and what it returns is looked at. `race_of_threads`,
// `race_in_parallel_loop`: two threads, of the standard library or of OpenMP, add to one number
// without a lock.
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <thread>
#include <vector>

#include <xent/implementation.hpp>

namespace {

using namespace xent;

bool is_large_loss_of_unwritten_logit() {
  // A loop would be too visible to the compiler, which may then leave the load out.
  auto* const logits = new float[3];
  logits[0] = 1;
  logits[2] = 2;
  const std::int64_t label = 0;
  float loss = 0;
  find_implementation("sparse")->f32.kernel({.logits = row_major<const float>(logits, 1, 3),
                                             .targets = Labels<std::int64_t>{&label, 1},
                                             .options = {.reduction = Reduction::none}},
                                            {.loss = {&loss, 1}});
  delete[] logits;
  return loss > 1;
}

long race_of_threads() {
  long sum = 0;
  const auto add = [&sum] {
    for (int k = 0; k < 1000; ++k) ++sum;
  };
  std::thread other(add);
  add();
  other.join();
  return sum;
}

long race_in_parallel_loop() {
  long sum = 0;
#pragma omp parallel for num_threads(2)
  for (int k = 0; k < 100000; ++k) sum += k;
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view fault = argc > 1 ? argv[1] : "";
  if (fault == "uninitialised") return is_large_loss_of_unwritten_logit() ? 1 : 0;
  if (fault == "race_of_threads") return race_of_threads() == 0 ? 1 : 0;
  if (fault == "race_in_parallel_loop") return race_in_parallel_loop() == 0 ? 1 : 0;
  (void)std::fputs("usage: planted uninitialised | race_of_threads | race_in_parallel_loop\n",
                   stderr);
  return 2;
}
