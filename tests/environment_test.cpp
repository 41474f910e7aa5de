// SPDX-License-Identifier: MIT
// The floating-point environment at the edge: a problem is refused while subnormal numbers are
// flushed to zero, as results (FTZ) or as operands (DAZ), and while rounding is not to nearest.
#include <cfenv>
#include <cstdio>
#include <exception>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "tests/expect.hpp"

namespace {

using namespace xent;
using tests::expect_fault;

/// As a program would before it calls a kernel.
void validate_a_problem() {
  const float logits[] = {1, 2};
  const std::int64_t label = 0;
  float loss = 0;
  validate(find_implementation("simd")->f32,
           Problem<float>{.logits = row_major(logits, 1, 2),
                          .targets = Labels<std::int64_t>{&label, 1},
                          .options = {.reduction = Reduction::none}},
           Outputs<float>{.loss = {&loss, 1}});
}

void rounding() {
  for (const int direction : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    (void)std::fesetround(direction);
    expect_fault<InvalidProblem>(validate_a_problem, "rounding is not to nearest");
  }
  (void)std::fesetround(FE_TONEAREST);
}

void flushing() {
#if defined(__SSE2__)
  constexpr unsigned flush_results = 0x8000;
  constexpr unsigned flush_operands = 0x0040;
  const unsigned before = _mm_getcsr();
  for (const unsigned flags : {flush_results, flush_operands, flush_results | flush_operands}) {
    _mm_setcsr(before | flags);
    expect_fault<InvalidProblem>(validate_a_problem, "subnormal numbers are flushed to zero");
    _mm_setcsr(before);
  }
#endif
}

}  // namespace

int main() try {
  validate_a_problem();
  rounding();
  flushing();
  validate_a_problem();
  return tests::exit_code();
} catch (const std::exception& fault) {
  std::puts(fault.what());
  return 1;
}
