// SPDX-License-Identifier: MIT
// Ruler: the distance of a result from the exact value.
#include "reference/ruler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double known_to = 0x1p-10;
constexpr double up = 1 + 0x1p-50;  // covers the roundings of a few operations in double

/// The k of ulp(size) = 2^k.
template <class N>
int ulp_exponent(const N& size, Format format) {
  int exponent = format.min_exponent;
  const double low = lower_double(size);
  if (low > 0) exponent = std::max(exponent, std::ilogb(low));
  return exponent - format.digits + 1;
}

/// Whether the two terms of y cancel to no more than `allowance`.
template <class N>
bool cancelled(const Exact<N>& exact, const N& allowance) {
  const N y = magnitude(exact.value);
  return upper_double(y) < lower_double(exact.size) && lower_double(y) <= upper_double(allowance);
}

/// Whether an error in [lo, hi] is certainly at most, or certainly above, `limit`. Of an open
/// interval, neither end is attained.
bool on_one_side(double lo, double hi, double limit, bool open) {
  return hi <= limit || lo > limit || (open && lo == limit);
}

/// error / bound, as its two ends.
template <class N>
std::pair<double, double> ratio_of(const N& error, const N& bound) {
  if (upper_double(error) == 0) return {0, 0};
  if (is_zero(bound)) return {infinity, infinity};
  if (sign(bound) <= 0) return {0, infinity};  // not known well enough, or no number
  const N ratio = error / bound;
  return {lower_double(ratio), upper_double(ratio)};
}

/// The views of the error that need no decision.
template <class N>
void set_views(Error& error, double distance, const Exact<N>& exact, const Scales<N>& scales) {
  const double size = lower_double(magnitude(exact.value));
  const double u = scales.format.unit_roundoff();
  if (size >= scales.format.smallest_normal()) error.relative = distance / size * up;
  error.absolute = distance / u * up;
  if (scales.condition > 0) error.backward = distance / u / (size + scales.condition) * up;
}

}  // namespace

template <class N>
N ulp_of(const N& size, Format format) {
  return scaled(N(1), ulp_exponent(size, format));
}

template <class N>
N absolute_bound(const ErrorBound& bound, const N& size, Format format) {
  N result = size * N(bound.relative);
  result += N(bound.absolute);
  result *= N(format.unit_roundoff());
  return result + scaled(N(bound.ulp), ulp_exponent(size, format));
}

template <class N>
Error measure(double got, const Exact<N>& exact, Quantity quantity, const Scales<N>& scales) {
  const Outcome outcome = classify(got, exact, quantity, scales.format);
  if (outcome.matches) return {};
  Error error{.category = outcome.category, .decided = outcome.decided};
  if (!std::isfinite(got) || exact.special != 0) return error;
  const Category c = error.category;
  const bool by_sign = c == &Categories::wrong_sign || c == &Categories::lost ||
                       c == &Categories::negative || c == &Categories::wrong_zero ||
                       c == &Categories::not_zero;
  if (by_sign &&
      cancelled(exact, scales.bound ? *scales.bound : ulp_of(exact.size, scales.format))) {
    error.category = nullptr;
    error.decided = true;
  }

  const N distance = magnitude(exact.value - N(got));
  if (scales.bound) {
    const auto [lo, hi] = ratio_of(distance, *scales.bound);
    error.ratio = hi;
    error.decided = error.decided && on_one_side(lo, hi, 1, exact.open);
  }
  const N in_ulp = scaled(distance, -ulp_exponent(exact.size, scales.format));
  error.lo = lower_double(in_ulp);
  error.hi = upper_double(in_ulp);
  if (error.category != nullptr) return error;
  set_views(error, upper_double(distance), exact, scales);
  const bool known = error.hi - error.lo <= known_to * std::max(1.0, error.lo) ||
                     error.lo == std::numeric_limits<double>::max();
  error.decided = error.decided && known && on_one_side(error.lo, error.hi, 0.5, exact.open);
  return error;
}

#define XENT_INSTANTIATE(...)                                                         \
  template __VA_ARGS__ ulp_of(const __VA_ARGS__&, Format);                            \
  template __VA_ARGS__ absolute_bound(const ErrorBound&, const __VA_ARGS__&, Format); \
  template Error measure(double, const Exact<__VA_ARGS__>&, Quantity, const Scales<__VA_ARGS__>&);
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
