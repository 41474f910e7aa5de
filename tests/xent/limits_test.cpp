// SPDX-License-Identifier: MIT
// numeric_limits of the element types, bf16 and f16 among them, are those of their Format.
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <xent/element.hpp>

#include "tests/support/element_types.hpp"

namespace {

using namespace xent;

constexpr double inf = std::numeric_limits<double>::infinity();

template <class T>
void check_limits() {
  using Limits = std::numeric_limits<T>;
  const Format format = format_of(dtype_of<T>);
  const auto is = [](T limit, double number) { return static_cast<double>(limit) == number; };
  const std::string name(to_string(dtype_of<T>));
  EXPECT_TRUE(Limits::digits == format.digits && Limits::min_exponent == format.min_exponent + 1 &&
              Limits::max_exponent == format.max_exponent + 1)
      << name + ": digits and exponents";
  const double largest = std::ldexp(2 - std::ldexp(1, 1 - format.digits), format.max_exponent);
  EXPECT_TRUE(format.max_exponent == 1 - format.min_exponent && format.largest == largest)
      << name + ": the largest number of a format of IEEE 754";
  EXPECT_TRUE(is(Limits::max(), format.largest) && is(Limits::lowest(), -format.largest))
      << name + ": the largest numbers";
  EXPECT_TRUE(is(Limits::min(), format.smallest_normal()) &&
              is(Limits::denorm_min(), std::ldexp(format.smallest_normal(), 1 - format.digits)))
      << name + ": the smallest numbers";
  EXPECT_TRUE(is(Limits::infinity(), inf) && std::isnan(Limits::quiet_NaN()))
      << name + ": inf and NaN";
  EXPECT_TRUE(Limits::is_specialized && Limits::is_signed && Limits::is_iec559 &&
              Limits::has_infinity && Limits::has_quiet_NaN && Limits::is_bounded &&
              !Limits::is_integer && !Limits::is_exact && Limits::radix == 2)
      << name + ": what it is";
}

template <class T>
class Limits : public testing::Test {};
TYPED_TEST_SUITE(Limits, xent::tests::ElementTypes);

TYPED_TEST(Limits, AreThoseOfTheFormat) { check_limits<TypeParam>(); }

}  // namespace
