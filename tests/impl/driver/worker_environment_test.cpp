// SPDX-License-Identifier: MIT
// Workers compute in the environment of the thread that calls a kernel, whatever was in force when
// they were made, and have their own again afterwards.
#include <cstddef>
#include <cstdint>
#include <cstdio>

#include <gtest/gtest.h>

#if defined(__SSE2__)
#include <vector>

#include <omp.h>
#include <xmmintrin.h>

#include <xent/environment.hpp>
#include <xent/implementation.hpp>

#include "reference/workers.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using tests::expect_fault;

constexpr int team = 4;
constexpr unsigned flush = 0x8040;  // FTZ and DAZ of MXCSR

/// While it lives, the calling thread has those bits of MXCSR instead of its own.
class Flags {
 public:
  Flags(unsigned mask, unsigned bits) { _mm_setcsr((before_ & ~mask) | bits); }
  Flags(const Flags&) = delete;
  Flags& operator=(const Flags&) = delete;
  ~Flags() { _mm_setcsr(before_); }

 private:
  unsigned before_ = _mm_getcsr();
};

/// The workers of the calling thread that have one of those bits of MXCSR, of team - 1.
int workers_with(unsigned bits) {
  int count = 0;
#pragma omp parallel num_threads(team) reduction(+ : count)
  count += omp_get_thread_num() != 0 && (_mm_getcsr() & bits) != 0 ? 1 : 0;
  return count;
}

/// On that many threads, rows [100, 0] with label 0: the loss is exp(-100) = 3.7e-44, a subnormal
/// number of float.
std::vector<float> tiny_losses(int threads) {
  constexpr std::ptrdiff_t rows = 1 << 16;
  std::vector<float> logits, loss(rows);
  for (std::ptrdiff_t i = 0; i < rows; ++i) logits.insert(logits.end(), {100, 0});
  const std::vector<std::int64_t> labels(rows, 0);
  find_implementation("simd")->f32.kernel({row_major<const float>(logits.data(), rows, 2),
                                           Labels<std::int64_t>{labels.data(), rows},
                                           {.reduction = Reduction::none}},
                                          {.loss = {loss.data(), rows}}, {.threads = threads});
  return loss;
}

/// Workers that a caller made in another environment.
void workers_made_with(unsigned mask, unsigned bits) {
  const std::vector<float> expected = tiny_losses(1);
  EXPECT_GT(expected[0], 0) << "a subnormal loss";
  {
    const Flags made(mask, bits);
    EXPECT_EQ(workers_with(bits), team - 1) << "workers inherit the environment of their maker";
  }
  EXPECT_EQ(tiny_losses(team), expected)
      << "the same losses by workers made in another environment";
  EXPECT_EQ(workers_with(bits), team - 1) << "workers have their own environment again";
}

/// The reference's threads test their environment themselves.
TEST(WorkerEnvironment, ReferenceThreads) {
  const auto compute = [] {
    reference::share_rows(8, team, {}, [](std::size_t, std::ptrdiff_t) {});
  };
  compute();
  const Flags flushing(flush, flush);
  expect_fault<InvalidProblem>(compute, "subnormal numbers are flushed to zero");
}

TEST(WorkerEnvironment, OfWorkers) {
  workers_made_with(flush, flush);
  omp_pause_resource_all(omp_pause_hard);  // ends the workers, so that others are made
  workers_made_with(_MM_ROUND_MASK, _MM_ROUND_UP);
}

}  // namespace

#else
TEST(WorkerEnvironment, OfWorkers) {
  GTEST_SKIP() << "this test sets the environment through MXCSR, which is x86's";
}
#endif
