// SPDX-License-Identifier: MIT
// Three methods: double-double balls, MPFI and the definition in Arb enclose the same numbers.
// Their enclosures overlap pairwise, and what they round to is the same.
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/definition/definition.hpp"
#include "reference/oracle.hpp"
#include "reference/rounding.hpp"
#include "tests/reference/hard_rows.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::text;

struct {
  std::int64_t overlaps = 0, roundings = 0, open_roundings = 0, specials = 0;
} checked;

template <unsigned A, unsigned B>
bool overlap(const Interval<A>& a, const Interval<B>& b) {
  ++checked.overlaps;
  return mpfr_lessequal_p(lower(a), upper(b)) != 0 && mpfr_lessequal_p(lower(b), upper(a)) != 0;
}

bool same_number(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

/// That no end is attained is not claimed.
Exact<Interval<896>> exact_of(const Ends& ends) {
  Exact<Interval<896>> exact;
  exact.value = ends.value;
  exact.special = ends.special;
  return exact;
}

/// The same number in every format where both know it.
template <unsigned Digits>
bool same_rounding(const Exact<Interval<Digits>>& first, const Ends& second) {
  for (const DType dtype : all_dtypes) {
    const auto a = rounded(first, format_of(dtype));
    const auto b = rounded(exact_of(second), format_of(dtype));
    ++(a && b ? checked.roundings : checked.open_roundings);
    if (a && b && !same_number(*a, *b)) return false;
  }
  return true;
}

/// One number by each method.
void check(const Exact<Ball>& ball, const Exact<Interval<28>>& coarse,
           const Exact<Interval<112>>& fine, const Ends& defined, const std::string& what) {
  const double special = defined.special;
  EXPECT_TRUE(same_number(ball.special, special) && same_number(coarse.special, special) &&
              same_number(fine.special, special))
      << "one special value: " + what;
  if (special != 0) {
    ++checked.specials;
    return;
  }
  const auto meet = [&what](const auto& a, const auto& b, std::string_view methods) {
    EXPECT_TRUE(overlap(a, b)) << fmt::format("{} overlap: {}", methods, what);
  };
  const auto wide = interval_of(ball.value);
  meet(wide, coarse.value, "the ball and 28 digits");
  meet(wide, fine.value, "the ball and 112 digits");
  meet(wide, defined.value, "the ball and Arb");
  meet(coarse.value, fine.value, "28 and 112 digits");
  meet(coarse.value, defined.value, "28 digits and Arb");
  meet(fine.value, defined.value, "112 digits and Arb");
  EXPECT_TRUE(same_rounding(coarse, defined)) << "28 digits and Arb round alike: " + what;
  EXPECT_TRUE(same_rounding(fine, defined)) << "112 digits and Arb round alike: " + what;
}

/// The loss and every `step`th gradient component.
void check_row(const RowProblem& row, std::ptrdiff_t step, long most_bits) {
  const RowEnclosure<Ball> ball(row, true);
  const RowEnclosure<Interval<28>> coarse(row, true);
  const RowEnclosure<Interval<112>> fine(row, true);
  const DefinedRow defined = refined_row(row, 160, most_bits);
  check(ball.loss(), coarse.loss(), fine.loss(), defined.loss, "the loss of " + text(row));
  for (std::ptrdiff_t j = 0; j < row.classes(); j += step)
    check(ball.gradient(j), coarse.gradient(j), fine.gradient(j),
          defined.gradient[static_cast<std::size_t>(j)],
          fmt::format("component {} of {}", j, text(row)));
}

/// Numbers within exp(-512) of a tie of f16, whose tie goes the other way: the first method knows
/// them at 112 digits because the tie is not attained, the second by its bits.
TEST(ThreeMethods, NearTies) {
  const auto expect_both = [](const Exact<Interval<112>>& first, const Ends& second, double nearest,
                              const std::string& what) {
    const Format f16 = format_of(DType::f16);
    EXPECT_EQ(rounded(first, f16), nearest) << what;
    EXPECT_EQ(rounded(exact_of(second), f16), nearest) << what + " (Arb)";
  };
  for (int k = 0; k < 200; ++k) {
    const double x = 512 + k;
    const RowProblem plain{{x + 0.25, 0}, {0, 1}, {}, {}, 1, false};
    expect_both(RowEnclosure<Interval<112>>(plain, false).loss(), defined_row(plain, 4096).loss,
                x + 0.5, "the loss is above a tie: " + text(plain));
    const RowProblem weighted{{x, 0}, {0, 1}, {1, 1 + 0x3p-11}, {}, 1, false};
    const RowEnclosure<Interval<112>> first(weighted, true);
    const DefinedRow second = defined_row(weighted, 4096);
    expect_both(first.gradient(0), second.gradient[0], 1 + 0x1p-10,
                "the gradient is below a tie: " + text(weighted));
  }
}

/// Rows that the policy answers, in the order of docs/policy.md.
TEST(ThreeMethods, SpecialRows) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::vector<double>> logits = {{0, nan, 1},    {0, inf, 1},  {-inf, -inf, -inf},
                                                   {-inf, inf, 0}, {-inf, 0, 1}, {0, -inf, 1},
                                                   {0, -inf, -inf}};
  const std::vector<std::vector<double>> values = {{1, 1, 1},    {nan, 1, 1}, {inf, 1, 1},
                                                   {-inf, 1, 1}, {1, nan, 0}, {1, 1, inf},
                                                   {-1, 1, 0},   {0, 0, 0}};
  for (const auto& x : logits)
    for (const auto& weight : values)
      for (const Options& options :
           {Options{}, Options{.label_smoothing = 0.25}, Options{.label_smoothing = 1},
            Options{.z_loss = 0.5}, Options{.label_smoothing = 0.25, .z_loss = 0.5},
            Options{.temperature = 0.7, .softcap = 2}, Options{.input = Input::log_probs},
            Options{.input = Input::probs}, Options{.input = Input::probs, .clip = 0.25},
            Options{.input = Input::probs, .label_smoothing = 0.25}}) {
        check_row({x, {1, 0, 0}, weight, options, 0, false}, 1, 1024);
        check_row({x, {1, 0, 0}, weight, options, 0, true}, 1, 1024);
        for (const auto& probs : values) check_row({x, probs, weight, options, -1, false}, 1, 1024);
      }
  for (const auto& x : logits)
    for (const auto& probs : values)
      for (const Input input : all_inputs)
        check_row({x, probs, {}, {.input = input, .kl_divergence = true}, -1, false}, 1, 1024);
  EXPECT_GE(checked.specials, 6'000) << "6000 special values or more";
}

TEST(ThreeMethods, EncloseTheSameNumbers) {
  tests::HardRows rows(7);
  for (int k = 0; k < 1200; ++k)
    for (const DType dtype : all_dtypes)
      check_row(rows.row(dtype, 1 + k % 64 / (1 + k % 5)), 1, 4096);
  for (int k = 0; k < 8; ++k) check_row(rows.row(all_dtypes[k % 4], 5000), 97, 1024);
  fmt::print("{} overlaps, {} equal roundings ({} open), {} special values\n", checked.overlaps,
             checked.roundings, checked.open_roundings, checked.specials);
  EXPECT_GE(checked.overlaps, 400'000) << "400000 overlaps or more";
  EXPECT_GE(checked.roundings, 500'000) << "500000 roundings or more";
}

}  // namespace
