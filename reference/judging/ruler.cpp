// SPDX-License-Identifier: MIT
// Measures the distance of a result from the exact value.
//
// More than 150 lines: one measurement, each step of which says what the others leave undecided.
#include "reference/judging/ruler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/numbers/ladder.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double known_to = 0x1p-10;
constexpr double up = 1 + 0x1p-50;  // covers the roundings of a few operations in double

/// The possible k of an ulp 2^k: all from `least` to `most`.
struct Exponents {
  int least = 0, most = 0;

  bool operator==(const Exponents&) const = default;
};

/// Returns the possible k of the ulp of `size`; where it is open, neither end of it is attained.
template <class N>
Exponents exponents_of_ulp(const N& size, bool open, Format format) {
  constexpr int last = std::numeric_limits<double>::max_exponent - 1;
  const int places = format.digits - 1;
  const double low = lower_double(size);
  const int least = low > 0 ? std::max(std::ilogb(low), format.min_exponent) : format.min_exponent;
  if (least == last) return {least - places, least - places};
  const N above = size - N(std::ldexp(1.0, least + 1));  // the next power of two
  if (sign(above) < 0 || (open && upper_double(above) <= 0))
    return {least - places, least - places};
  const double high = upper_double(size);
  const int most = std::isfinite(high) ? std::max(std::ilogb(high), least + 1) : last;
  return {least - places, most - places};
}

/// Returns x 2^k for all those k.
template <class N>
N scaled_by(const N& x, Exponents k) {
  if (k.least == k.most) return scaled(x, k.least);
  return scaled(x * between<N>(1, std::ldexp(1.0, k.most - k.least)), k.least);
}

/// Returns `distance` in units of 2^k for all those k.
template <class N>
N in_units(const N& distance, Exponents k) {
  return scaled_by(distance, {-k.most, -k.least});
}

/// Returns 1 where x is certainly above `limit`, -1 where it is certainly not, else 0. Where x is
/// open, neither end of it is attained.
template <class N>
int side_of(const N& x, const N& limit, bool open) {
  if (is_zero(x)) return -1;  // 0 is above no limit, not even one that is NaN
  const N excess = x - limit;
  if (upper_double(excess) <= 0) return -1;
  return sign(excess) > 0 || (open && lower_double(excess) >= 0) ? 1 : 0;
}

/// Returns `upper`, a rounded-up end, but no more than `limit` where the number is certainly not
/// above it.
double no_more(double upper, double limit, int side) {
  return side < 0 ? std::min(upper, limit) : upper;
}

/// Returns error / bound, rounded up.
template <class N>
double ratio_of(const N& error, const N& bound) {
  if (upper_double(error) == 0) return 0;
  if (sign(bound) <= 0) return infinity;  // the bound is 0, not known to be above 0, or NaN
  return upper_double(N(error / bound));
}

/// Sets the relative, absolute and backward error, which need no decision.
template <class N>
void set_views(Error& error, double distance, const Exact<N>& exact, const Scales<N>& scales) {
  const double size = lower_double(magnitude(exact.value));
  const double u = scales.format.unit_roundoff();
  if (size >= scales.format.smallest_normal() && error.category == nullptr)
    error.relative = distance / size * up;
  error.absolute = distance / u * up;
  if (scales.condition > 0) error.backward = distance / u / (size + scales.condition) * up;
}

/// Sets whether `got` is nearest to y. The ulp of y is 2^k, and `side` tells on which side of 0.5
/// ulp the error is. Numbers just below a power of two lie closer together; where y is not below
/// the power, the power is nearer to it than any of them.
void set_nearest(Error& error, double got, int side, Exponents k, Format format) {
  const int exponent = k.least + format.digits - 1;
  const bool below = exponent > format.min_exponent && std::abs(got) < std::ldexp(1.0, exponent);
  error.nearest = side < 0 && !below;
}

/// Returns `got` as a number; inf becomes the power of two that would follow the largest number.
template <class N>
N number_of(double got, Format format) {
  if (std::isfinite(got)) return N(got);
  const double ulp = std::ldexp(1.0, format.max_exponent + 1 - format.digits);
  const N power = N(format.largest) + N(ulp);
  return got > 0 ? power : -power;
}

/// Tells whether the category is about inf.
bool is_of_overflow(Category category) {
  return category == &Categories::inf_unexpected || category == &Categories::inf_missing;
}

}  // namespace

template <class N>
N ulp_of(const Exact<N>& exact, Format format) {
  return scaled_by(N(1), exponents_of_ulp(exact.size, exact.open_size, format));
}

template <class N>
N absolute_bound(const ErrorBound& bound, const Exact<N>& exact, Format format) {
  N result = exact.size * N(bound.relative);
  result += N(bound.absolute);
  result *= N(format.unit_roundoff());
  return result + scaled_by(N(bound.ulp), exponents_of_ulp(exact.size, exact.open_size, format));
}

template <class N>
Error measure(double got, const Exact<N>& exact, Quantity quantity, const Scales<N>& scales) {
  const Outcome outcome = classify(got, exact, quantity, scales.format);
  if (outcome.matches) return {.nearest = true};
  Error error{.category = outcome.category, .decided = outcome.decided};
  if (exact.special != 0) return error;
  const bool overflows = is_of_overflow(error.category);
  if (!std::isfinite(got) && !(overflows && scales.bound)) return error;
  const N distance = magnitude(exact.value - number_of<N>(got, scales.format));
  if (scales.bound) {
    const int side = side_of(distance, *scales.bound, exact.open);
    if (overflows && side <= 0) error = {.decided = true};  // an error within its bound
    if (!std::isfinite(got) && side > 0) return error;
    error.ratio = no_more(ratio_of(distance, *scales.bound), 1, side);
    error.decided = error.decided && side != 0;
  }
  error.measured = true;
  error.cancelled = scales.bound && allows(error.category, exact, *scales.bound);
  const Exponents k = exponents_of_ulp(magnitude(exact.value), exact.open, scales.format);
  const N in_ulp = in_units(distance, k);
  error.lo = lower_double(in_ulp);
  error.hi = upper_double(in_ulp);
  const Exponents terms = exponents_of_ulp(exact.size, exact.open_size, scales.format);
  error.terms = upper_double(in_units(distance, terms));
  if (error.category == nullptr || error.cancelled)
    set_views(error, upper_double(distance), exact, scales);
  if (error.category != nullptr) return error;
  const bool known = error.hi - error.lo <= known_to * std::max(1.0, error.lo) ||
                     error.lo == std::numeric_limits<double>::max();
  error.decided = error.decided && known;
  const double half = scales.nearest ? 0.5 : std::numeric_limits<double>::infinity();
  for (const double limit : {scales.limit, half}) {
    if (error.hi <= limit) continue;
    const int side = side_of(in_ulp, N(limit), exact.open);
    error.hi = no_more(error.hi, limit, side);
    error.decided = error.decided && side != 0;
  }
  if (terms == k) error.terms = error.hi;  // nothing cancels: the same number, decided alike
  set_nearest(error, got, side_of(in_ulp, N(0.5), exact.open), k, scales.format);
  return error;
}

#define XENT_INSTANTIATE(...)                                                                \
  template __VA_ARGS__ ulp_of(const Exact<__VA_ARGS__>&, Format);                            \
  template __VA_ARGS__ absolute_bound(const ErrorBound&, const Exact<__VA_ARGS__>&, Format); \
  template Error measure(double, const Exact<__VA_ARGS__>&, Quantity, const Scales<__VA_ARGS__>&);
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
