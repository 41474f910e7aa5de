// SPDX-License-Identifier: MIT
// bf16 and f16: all 65536 patterns, and rounding, against the definition of the formats.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <xent/element.hpp>
#include <xent/float16.hpp>

namespace {

using namespace xent;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The number of a pattern by IEEE 754, 3.4: a sign, an exponent field, p - 1 bits of fraction.
double defined(std::uint16_t bits, const Format& format) {
  const int fraction_bits = format.digits - 1;
  const int fraction = bits % (1 << fraction_bits);
  const int field = bits % 0x8000 >> fraction_bits;
  const double sign = bits < 0x8000 ? 1 : -1;
  if (field == (1 << (15 - fraction_bits)) - 1) return fraction == 0 ? sign * inf : nan;
  const int significand = field == 0 ? fraction : fraction + (1 << fraction_bits);
  return sign *
         std::ldexp(significand, std::max(field, 1) + format.min_exponent - 1 - fraction_bits);
}

template <class T>
void all_patterns() {
  const Format format = format_of(dtype_of<T>);
  int nans = 0;
  for (std::uint32_t k = 0; k < 0x10000; ++k) {
    const T x = T::of_bits(static_cast<std::uint16_t>(k));
    const auto is = static_cast<double>(x);
    const double should = defined(x.bits, format);
    const std::string name = fmt::format("{} {:#06x}", to_string(dtype_of<T>), k);
    if (std::isnan(should)) {
      ++nans;
      EXPECT_TRUE(std::isnan(is) && std::isnan(static_cast<T>(is)))
          << name + " is NaN and stays one";
      continue;
    }
    EXPECT_TRUE(is == should && std::signbit(is) == std::signbit(should))
        << name + " is its number";
    EXPECT_EQ(static_cast<T>(should).bits, x.bits) << name + " is nearest to itself";
  }
  EXPECT_EQ(nans, 2 * ((1 << (format.digits - 1)) - 1)) << "as many NaN as fractions but 0";
}

/// The numbers >= 0 in their order, and in place of inf the number that would follow the largest:
/// what is at least as near to it overflows.
template <class T>
std::vector<double> numbers() {
  const Format format = format_of(dtype_of<T>);
  std::vector<double> all;
  for (std::uint16_t k = 0; defined(k, format) < inf; ++k) all.push_back(defined(k, format));
  all.push_back(std::ldexp(1, format.max_exponent + 1));
  return all;
}

/// Round to nearest, ties to even, by search: the pattern is the place in the list. Differences to
/// both neighbours are exact where x lies between them (Sterbenz), or decided by their midpoint.
std::uint16_t searched(double x, const std::vector<double>& all) {
  const double size = std::abs(x);
  const auto above = std::ranges::lower_bound(all, size);
  const auto sign = static_cast<std::uint16_t>(std::signbit(x) ? 0x8000 : 0);
  if (above == all.end()) return static_cast<std::uint16_t>(sign + all.size() - 1);
  auto place = static_cast<std::size_t>(above - all.begin());
  if (*above != size) {
    const double middle = (all[place - 1] + all[place]) / 2;  // exact: of p + 1 bits
    if (size < middle || (size == middle && place % 2 == 1)) --place;
  }
  return static_cast<std::uint16_t>(sign + place);
}

template <class T>
void agrees(double x, const std::vector<double>& all) {
  for (const double y : {x, -x})
    EXPECT_EQ(static_cast<T>(y).bits, searched(y, all))
        << fmt::format("{} of {:a} is {:#06x}, not {:#06x}", to_string(dtype_of<T>), y,
                       searched(y, all), static_cast<T>(y).bits);
}

/// At each number and each midpoint, with the doubles and the floats beside them.
template <class T>
void at_midpoints(const std::vector<double>& all) {
  for (std::size_t k = 0; k + 1 < all.size(); ++k)
    for (const double at : {all[k], (all[k] + all[k + 1]) / 2}) {
      agrees<T>(at, all);
      for (const double way : {inf, 0.0}) {
        agrees<T>(std::nextafter(at, way), all);
        agrees<T>(double{std::nextafter(static_cast<float>(at), static_cast<float>(way))}, all);
      }
    }
  const double extremes[] = {0,         0x1p-1074, 0x1.fffffffffffffp-1023,
                             0x1p-1022, 1e300,     std::numeric_limits<double>::max(),
                             inf};
  for (const double x : extremes) agrees<T>(x, all);
}

template <class T>
void any_double_is_rounded_to_the_nearest() {
  static const std::vector<double> all = numbers<T>();
  for (int k = 0; k < 1000; ++k) {
    const auto bits = *rc::gen::arbitrary<std::uint64_t>();
    const int exponent = static_cast<int>(bits % 300) - 160;
    const double x = std::ldexp(1 + static_cast<double>(bits >> 12) * 0x1p-52, exponent);
    RC_ASSERT(static_cast<T>(x).bits == searched(x, all));
  }
}

template <class T>
void each_check() {
  const std::vector<double> all = numbers<T>();
  all_patterns<T>();
  at_midpoints<T>(all);
  EXPECT_TRUE(std::isnan(static_cast<T>(nan)) && std::isnan(static_cast<T>(-nan)))
      << "NaN stays NaN";
  EXPECT_TRUE(T{-0.0} == T{0} && std::signbit(T{-0.0}) && T{1} + T{1} == 2.0F)
      << "it compares and computes as a float";
}

// Like float: an array of them, which a kernel keeps on its stack, is not filled with zeros.
static_assert(std::is_trivial_v<bf16> && std::is_trivial_v<f16>);
static_assert(bf16(1 + 0x1p-8).bits == 0x3f80 && f16(65520).bits == 0x7c00);

TEST(Float16, Bf16) { each_check<bf16>(); }
TEST(Float16, F16) { each_check<f16>(); }

RC_GTEST_PROP(Float16, AnyDoubleIsTheNearestBf16, ()) {
  any_double_is_rounded_to_the_nearest<bf16>();
}
RC_GTEST_PROP(Float16, AnyDoubleIsTheNearestF16, ()) {
  any_double_is_rounded_to_the_nearest<f16>();
}

}  // namespace
