// SPDX-License-Identifier: MIT
// The floating-point environment at the edge: a problem is refused while subnormal numbers are
// flushed to zero, as results (FTZ) or as operands (DAZ), while rounding is not to nearest in one
// of the registers that say so, and, where a contract needs it, while long double has 53 bits.
#include <cfenv>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include <gtest/gtest.h>

#include <xent/implementation.hpp>
#include <xent/validate.hpp>

#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using tests::expect_fault;

/// As a program would before it calls a kernel of that implementation.
template <class T>
void validate_for(const char* implementation) {
  const T logits[] = {1, 2};
  const std::int64_t label = 0;
  T loss = 0;
  validate(find_implementation(implementation)->contract<T>(),
           Problem<T>{.logits = row_major(logits, 1, 2),
                      .targets = Labels<std::int64_t>{&label, 1},
                      .options = {.reduction = Reduction::none}},
           Outputs<T>{.loss = {&loss, 1}});
}

void validate_a_problem() { validate_for<float>("simd"); }

/// Each test leaves the environment as it was: a problem is taken before it and afterwards.
class EnvironmentTest : public testing::Test {
 protected:
  void SetUp() override { validate_a_problem(); }
  void TearDown() override { validate_a_problem(); }
};

TEST_F(EnvironmentTest, Rounding) {
  for (const int direction : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    (void)std::fesetround(direction);
    expect_fault<InvalidProblem>(validate_a_problem, "rounding is not to nearest");
  }
  (void)std::fesetround(FE_TONEAREST);
}

TEST_F(EnvironmentTest, Flushing) {
#if defined(__SSE2__)
  constexpr unsigned flush_results = 0x8000;
  constexpr unsigned flush_operands = 0x0040;
  const unsigned before = _mm_getcsr();
  for (const unsigned flags : {flush_results, flush_operands, flush_results | flush_operands}) {
    _mm_setcsr(before | flags);
    expect_fault<InvalidProblem>(validate_a_problem, "subnormal numbers are flushed to zero");
    _mm_setcsr(before);
  }
#else
  GTEST_SKIP() << "this test flushes through MXCSR, which is x86's";
#endif
}

/// The rounding of the vectors alone: the C library's fegetround() reads the x87 unit's.
TEST_F(EnvironmentTest, RoundingOfVectors) {
#if defined(__SSE2__)
  const unsigned before = _mm_getcsr();
  // Signed by g++, unsigned by clang.
  for (const auto direction : {_MM_ROUND_UP, _MM_ROUND_DOWN, _MM_ROUND_TOWARD_ZERO}) {
    _mm_setcsr((before & ~static_cast<unsigned>(_MM_ROUND_MASK)) |
               static_cast<unsigned>(direction));
    expect_fault<InvalidProblem>(validate_a_problem, "rounding is not to nearest");
    _mm_setcsr(before);
  }
#else
  GTEST_SKIP() << "this test rounds through MXCSR, which is x86's";
#endif
}

#if defined(__x86_64__)
/// Sets fields of the x87 control word while it lives.
class ControlWord {
 public:
  ControlWord(unsigned mask, unsigned bits) {
    __asm__ volatile("fnstcw %0" : "=m"(before_));
    load(static_cast<std::uint16_t>((before_ & ~mask) | bits));
  }
  ControlWord(const ControlWord&) = delete;
  ControlWord& operator=(const ControlWord&) = delete;
  ~ControlWord() { load(before_); }

 private:
  static void load(std::uint16_t word) { __asm__ volatile("fldcw %0" : : "m"(word)); }
  std::uint16_t before_ = 0;
};
#endif

/// long double of 53 or 24 bits, or not rounded to nearest, is refused for f64 where the contract
/// counts on it, and for nothing else.
TEST_F(EnvironmentTest, LongDouble) {
#if defined(__x86_64__)
  constexpr unsigned precision = 0x0300;
  constexpr unsigned rounding = 0x0C00;
  for (const unsigned bits : {0x0200U, 0x0000U}) {
    const ControlWord narrow(precision, bits);
    for (const char* name : {"sparse", "simd", "faithful", "widened"}) {
      expect_fault<InvalidProblem>([&] { validate_for<double>(name); }, "fewer than 64 bits");
      validate_for<float>(name);
    }
    validate_for<double>("compensated");
    validate_for<double>("log_sum_exp");
  }
  for (const unsigned direction : {0x0400U, 0x0800U, 0x0C00U}) {
    const ControlWord directed(rounding, direction);
    expect_fault<InvalidProblem>([] { validate_for<double>("widened"); }, "long double");
  }
#else
  GTEST_SKIP() << "this test sets the control word of the x87";
#endif
}

}  // namespace
