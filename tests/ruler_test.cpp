// SPDX-License-Identifier: MIT
// The ruler: distances that are known exactly, at the edges of binades, among the subnormals and
// next to inf; bounds that are met exactly.
#include "reference/ruler.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "tests/exact_value.hpp"
#include "tests/expect.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::between;
using tests::expect;
using tests::point;
using tests::Real;
using tests::Value;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr Format f32 = format_of(DType::f32);
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

template <class T>
const Scales<Real> scales = {.format = format_of(dtype_of<T>)};

template <class T>
void expect_ulp(T got, const Value& exact, double ulp, std::string_view what) {
  const Error error = measure<Real>(static_cast<double>(got), exact, Quantity::loss, scales<T>);
  expect(error.category == nullptr && error.decided, fmt::format("{}: a decided number", what));
  expect(error.lo <= ulp && ulp <= error.hi && error.hi - error.lo < 1e-12,
         fmt::format("{}: {} ulp, not [{}, {}]", what, ulp, error.lo, error.hi));
}

template <class T>
void check_distances() {
  using Limits = std::numeric_limits<T>;
  const auto eps = static_cast<double>(Limits::epsilon());
  const auto least = static_cast<double>(Limits::denorm_min());
  const auto at = [](double x) { return static_cast<T>(x); };
  expect_ulp(at(1 + eps), point(1), 1, "one ulp above 1");
  expect_ulp(at(1 - eps / 2), point(1), 0.5, "the number below 1, from 1");
  expect_ulp(at(1), point(Real(1) - eps / 64), 1.0 / 32, "1, from just below it");
  expect_ulp(at(1), point(Real(1) + eps / 64), 1.0 / 64, "1, from just above it");
  expect_ulp(at(1 + eps), between(Real(1) - eps * 1e-13, 1), 2,
             "where 1 is straddled, the smaller ulp");
  expect_ulp(at(-1 - eps), point(-1), 1, "a negative value");
  const double small = 512 * least;
  expect_ulp(at(small + least), point(small), 1, "among the subnormals");
  expect_ulp(at(0), point(Real(least) / 1024), 1.0 / 1024, "0 for less than half the least number");
  expect_ulp(at(least), point(Real(least) / 4), 0.75, "the least number for a quarter of it");
  expect_ulp(at(0), point(0), 0, "0 for 0");
  expect(
      measure<Real>(least, point(0), Quantity::loss, scales<T>).category == &Categories::not_zero,
      "no number for 0");
  expect_ulp(at(2), point(1), 1 / eps, "twice the value");
  expect_ulp(at(0), point(Real(least) / least / 3 * least), 1.0 / 3, "0 for a third");

  const T max = Limits::max();
  const double max_ulp = std::ldexp(eps, Limits::max_exponent - 1);
  const Real threshold = Real(static_cast<double>(max)) + Real(max_ulp) / 2;
  expect_ulp(Limits::infinity(), point(threshold), 0, "inf for what rounds to it");
  expect_ulp(max, point(threshold - max_ulp / 1024), 0.5 - 1.0 / 1024, "the largest, next to inf");
  const Error high =
      measure<Real>(inf, point(threshold - max_ulp / 1024), Quantity::loss, scales<T>);
  expect(high.category == &Categories::inf_unexpected && high.decided, "inf just too early");
  const Error low =
      measure<Real>(static_cast<double>(max), point(threshold), Quantity::loss, scales<T>);
  expect(low.category == &Categories::inf_missing && low.decided, "the largest just too late");
  const Error open =
      measure<Real>(static_cast<double>(max), between(threshold - max_ulp / 8, threshold),
                    Quantity::loss, scales<T>);
  expect(!open.decided, "a value about the threshold is not decided");
}

void check_bounds() {
  const Real two_terms =
      absolute_bound(ErrorBound{.ulp = 2, .relative = 3, .absolute = 4}, Real(2), f32);
  expect(mpfr_cmp_d(lower(two_terms), 2 * 0x1p-22 + 0x1p-24 * (3 * 2 + 4)) == 0 &&
             mpfr_cmp_d(upper(two_terms), 2 * 0x1p-22 + 0x1p-24 * (3 * 2 + 4)) == 0,
         "ulp * ulp(size) + u (relative * size + absolute)");
  const Value y = point(Real(1) + 0x1p-24);
  const float got = 1 + 2 * 0x1p-23F;
  const auto ratio = [&](double ulp) {
    const Real bound = absolute_bound(ErrorBound{.ulp = ulp}, y.size, f32);
    return measure<Real>(static_cast<double>(got), y, Quantity::loss,
                         {.format = f32, .bound = bound})
        .ratio;
  };
  expect(ratio(1.5) == 1, "an error of 1.5 ulp meets a bound of 1.5");
  expect(ratio(std::nextafter(1.5, 0)) > 1, "and breaks the next smaller one");
  expect(ratio(0) == inf && ratio(nan) == inf, "an error breaks a bound of 0, and NaN is none");
  const Real far_below = scaled(Real(1), -1100);  // neither is a double
  expect(measure<Real>(0, point(far_below), Quantity::loss,
                       {.format = format_of(DType::f64), .bound = scaled(Real(1), -1075)})
                 .ratio == 0x1p-25,
         "an error and a bound below the least double");
  expect(measure<Real>(1, point(1), Quantity::loss, {.format = f32, .bound = Real(0)}).ratio == 0,
         "no error meets it");
}

void check_half() {
  const Real half = Real(1) + 0x1p-24;
  const Error tie = measure<Real>(1, point(half), Quantity::loss, scales<float>);
  expect(tie.decided && tie.hi == 0.5, "a tie is correctly rounded");
  Value above = between(half, half + Real(0x1p-80));
  expect(!measure<Real>(1, above, Quantity::loss, scales<float>).decided,
         "a tie or just above: not decided");
  above.open = true;
  const Error beyond = measure<Real>(1, above, Quantity::loss, scales<float>);
  expect(beyond.decided && beyond.hi > 0.5, "certainly above a tie: not correctly rounded");
  const Error other = measure<Real>(1 + 0x1p-23, above, Quantity::loss, scales<float>);
  expect(other.decided && other.hi == 0.5, "its neighbour is");
  const Error wide = measure<Real>(1, between(1, Real(1) + 0x1p-32), Quantity::loss, scales<float>);
  expect(!wide.decided, "2^-9 ulp of an error near 0 is not known to 2^-10");
}

}  // namespace

int main() {
  check_distances<float>();
  check_distances<double>();
  check_bounds();
  check_half();
  return tests::exit_code();
}
