// SPDX-License-Identifier: MIT
// Ruler: the distance of a result from the exact value.
#include "reference/ruler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <xent/element.hpp>

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double known_to = 0x1p-10;

/// The k of ulp(size) = 2^k.
template <class T, unsigned Digits>
long ulp_exponent(const Interval<Digits>& size) {
  using Limits = std::numeric_limits<T>;
  long exponent = Limits::min_exponent - 1;
  if (mpfr_sgn(lower(size)) > 0)
    exponent = std::max(exponent, static_cast<long>(mpfr_get_exp(lower(size))) - 1);
  return exponent - Limits::digits + 1;
}

/// Whether the two terms of y cancel to no more than `allowance`.
template <unsigned Digits>
bool cancelled(const Exact<Digits>& exact, const Interval<Digits>& allowance) {
  const Interval<Digits> y = magnitude(exact.value);
  return mpfr_less_p(upper(y), lower(exact.size)) != 0 &&
         mpfr_lessequal_p(lower(y), upper(allowance)) != 0;
}

/// Whether an error in [lo, hi] is certainly at most, or certainly above, `limit`. Of an open
/// interval, neither end is attained.
bool on_one_side(double lo, double hi, double limit, bool open) {
  return hi <= limit || lo > limit || (open && lo == limit);
}

/// error / bound, as its two ends.
template <unsigned Digits>
std::pair<double, double> ratio_of(const Interval<Digits>& error, const Interval<Digits>& bound) {
  if (mpfr_sgn(upper(error)) == 0) return {0, 0};
  if (!(mpfr_sgn(lower(bound)) > 0)) return {infinity, infinity};  // 0, or no number
  const Interval<Digits> ratio = error / bound;
  return {lower_double(ratio), upper_double(ratio)};
}

}  // namespace

template <class T, unsigned Digits>
Interval<Digits> ulp_of(const Interval<Digits>& size) {
  return scaled(Interval<Digits>(1), ulp_exponent<T>(size));
}

template <class T, unsigned Digits>
Interval<Digits> absolute_bound(const ErrorBound& bound, const Interval<Digits>& size) {
  Interval<Digits> result = size * Interval<Digits>(bound.relative);
  result += Interval<Digits>(bound.absolute);
  result *= Interval<Digits>(unit_roundoff<T>);
  return result + scaled(Interval<Digits>(bound.ulp), ulp_exponent<T>(size));
}

template <class T, unsigned Digits>
Error measure(T got, const Exact<Digits>& exact, Quantity quantity,
              const std::optional<Interval<Digits>>& bound) {
  const Outcome outcome = classify(got, exact, quantity);
  if (outcome.matches) return {};
  Error error{.category = outcome.category, .decided = outcome.decided};
  if (!std::isfinite(got) || exact.special != 0) return error;
  const bool by_sign =
      error.category == &Categories::wrong_sign || error.category == &Categories::lost;
  if (by_sign && cancelled(exact, bound ? *bound : ulp_of<T>(exact.size))) {
    error.category = nullptr;
    error.decided = true;
  }

  Interval<Digits> distance;
  mpfi_sub_d(raw(distance), raw(exact.value), static_cast<double>(got));
  distance = magnitude(distance);
  if (bound) {
    const auto [lo, hi] = ratio_of(distance, *bound);
    error.ratio = hi;
    error.decided = error.decided && on_one_side(lo, hi, 1, exact.open);
  }
  if (error.category != nullptr) return error;
  const Interval<Digits> in_ulp = scaled(distance, -ulp_exponent<T>(exact.size));
  error.lo = lower_double(in_ulp);
  error.hi = upper_double(in_ulp);
  const bool known = error.hi - error.lo <= known_to * std::max(1.0, error.lo) ||
                     error.lo == std::numeric_limits<double>::max();
  error.decided = error.decided && known && on_one_side(error.lo, error.hi, 0.5, exact.open);
  return error;
}

#define XENT_INSTANTIATE(digits)                                                                \
  template Interval<digits> ulp_of<float>(const Interval<digits>&);                             \
  template Interval<digits> ulp_of<double>(const Interval<digits>&);                            \
  template Interval<digits> absolute_bound<float>(const ErrorBound&, const Interval<digits>&);  \
  template Interval<digits> absolute_bound<double>(const ErrorBound&, const Interval<digits>&); \
  template Error measure(float, const Exact<digits>&, Quantity,                                 \
                         const std::optional<Interval<(digits)>>&);                             \
  template Error measure(double, const Exact<digits>&, Quantity,                                \
                         const std::optional<Interval<(digits)>>&);
XENT_FOR_EACH_PRECISION(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
