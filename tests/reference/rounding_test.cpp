// SPDX-License-Identifier: MIT
// Rounding: ties, binade boundaries, subnormals, overflow and open ends, in every format; and
// against MPFR's own conversions on random values.
#include "reference/rounding.hpp"

#include <cmath>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/reference/numbers/exact_value.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::between;
using tests::point;
using tests::Real;
using tests::Value;

void expect_rounded(const Value& y, Format format, std::optional<double> number,
                    std::string_view what) {
  const std::optional<double> got = rounded(y, format);
  const bool same = got.has_value() == number.has_value() &&
                    (!got || (*got == *number && std::signbit(*got) == std::signbit(*number)));
  EXPECT_TRUE(same) << fmt::format("{} (p = {}): {:a}, not {:a}", what, format.digits,
                                   number.value_or(NAN), got.value_or(NAN));
}

void check_format(Format format) {
  const double eps = std::ldexp(1.0, 1 - format.digits);
  const Real ulp = scaled(Real(1), 1 - format.digits);
  const Real tiny = scaled(Real(1), -90);
  const auto both = [&](const Value& y, std::optional<double> number, std::string_view what) {
    expect_rounded(y, format, number, what);
    Value minus = y;
    minus.value = Real() - y.value;
    if (number) number = -*number;
    expect_rounded(minus, format, number, what);
  };
  both(point(1), 1, "1");
  both(point(Real(1) + ulp / 2), 1, "a tie below goes to the even 1");
  both(point(Real(1) + ulp / 2 + tiny), 1 + eps, "just above the tie");
  both(point(Real(1) + ulp + ulp / 2), 1 + 2 * eps, "a tie above goes to the even neighbour");
  both(point(Real(1) - ulp / 4), 1, "a tie across the binade goes to 1");
  both(point(Real(1) - ulp / 4 - tiny), 1 - eps / 2, "just below it");
  both(between(Real(1) + ulp / 2, Real(1) + ulp / 2 + tiny), std::nullopt, "a tie, or above it");
  Value open = between(Real(1) + ulp / 2, Real(1) + ulp / 2 + tiny);
  open.open = true;
  both(open, 1 + eps, "above the tie, which is not attained");
  open = between(Real(1) + ulp + ulp / 2 - tiny, Real(1) + ulp + ulp / 2);
  open.open = true;
  both(open, 1 + eps, "below the tie, which is not attained");

  const Real least = scaled(Real(1), format.min_exponent - format.digits + 1);
  const double least_number = std::ldexp(1.0, format.min_exponent - format.digits + 1);
  both(point(least * 3), 3 * least_number, "a subnormal");
  both(point(least / 2), 0, "half the least number goes to 0");
  both(point(least / 2 + least * tiny), least_number, "and what is above to it");
  both(point(least * 1.5), 2 * least_number, "a tie among subnormals");
  expect_rounded(between(least * -tiny, 0), format, std::nullopt, "0, or below it");
  open = between(least * -tiny, 0);
  open.open = true;
  both(open, -0.0, "below 0, which is not attained");
  both(point(scaled(Real(1), format.min_exponent) - least / 2), format.smallest_normal(),
       "a tie goes to the least normal number");

  const Real half = scaled(Real(1), format.max_exponent - format.digits);
  both(point(format.largest), format.largest, "the largest number");
  both(point(Real(format.largest) + half - scaled(half, -20)), format.largest,
       "almost half above it");
  both(point(Real(format.largest) + half), HUGE_VAL, "the tie goes to inf");
  both(point(scaled(Real(1), 2000)), HUGE_VAL, "far beyond");
  expect_rounded(point(0), format, 0, "0 is +0");
  expect_rounded(tests::special(-HUGE_VAL), format, -HUGE_VAL, "a special value stays");
}

/// MPFR rounds once, too, to float and to double.
TEST(Rounding, AgainstMpfr) {
  std::mt19937_64 random(5);
  for (int k = 0; k < 20000; ++k) {
    const auto bits = static_cast<double>(random() >> 11U);
    const int exponent = static_cast<int>(random() % 2200) - 1130;
    Real y = scaled(Real(bits) + Real(static_cast<double>(random() % 5)) / 4, exponent - 53);
    if (k % 3 == 0) y = scaled(Real(static_cast<double>(random() % 64)), exponent % 150 - 153);
    EXPECT_EQ(rounded(point(y), format_of(DType::f64)), mpfr_get_d(lower(y), MPFR_RNDN))
        << "as MPFR rounds to double";
    EXPECT_EQ(rounded(point(y), format_of(DType::f32)),
              static_cast<double>(mpfr_get_flt(lower(y), MPFR_RNDN)))
        << "as MPFR rounds to float";
  }
}

TEST(Rounding, EachFormat) {
  for (const DType dtype : all_dtypes) {
    SCOPED_TRACE(to_string(dtype));
    check_format(format_of(dtype));
  }
}

}  // namespace
