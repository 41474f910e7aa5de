// SPDX-License-Identifier: MIT
// Rounds an exact value to the nearest number of a format.
#include "reference/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xent::reference {
namespace {

/// Where a tie is rounded to: the even number, or, at an end that y is not, the side on which y is.
enum class Tie { even, up, down };

/// An MPFR number that owns its memory.
class Scratch {
 public:
  explicit Scratch(mpfr_prec_t precision) { mpfr_init2(x_, precision); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { mpfr_clear(x_); }
  mpfr_ptr get() { return x_; }

 private:
  mpfr_t x_;
};

/// Returns the number of `format` nearest to `end`. In units of its last place it is an integer up
/// to 2^53.
double nearest_number(mpfr_srcptr end, Format format, Tie tie) {
  if (mpfr_zero_p(end) != 0) return tie == Tie::down ? -0.0 : 0.0;
  const double sign = mpfr_sgn(end);
  const double infinity = sign * std::numeric_limits<double>::infinity();
  if (mpfr_inf_p(end) != 0 || mpfr_get_exp(end) - 1 > format.max_exponent) return infinity;
  const long exponent =
      std::max(static_cast<long>(mpfr_get_exp(end)) - 1, static_cast<long>(format.min_exponent));
  const long unit = exponent - format.digits + 1;
  Scratch units(mpfr_get_prec(end));
  Scratch whole(64);
  mpfr_abs(units.get(), end, MPFR_RNDN);
  mpfr_mul_2si(units.get(), units.get(), -unit, MPFR_RNDN);
  mpfr_floor(whole.get(), units.get());
  mpfr_sub(units.get(), units.get(), whole.get(), MPFR_RNDN);  // exact, in [0, 1)
  double number = mpfr_get_d(whole.get(), MPFR_RNDN);
  const int side = mpfr_cmp_d(units.get(), 0.5);
  const bool away = tie == Tie::even ? std::fmod(number, 2) != 0 : (tie == Tie::up) == (sign > 0);
  if (side > 0 || (side == 0 && away)) number += 1;
  if (number == std::ldexp(1.0, format.digits) && exponent == format.max_exponent) return infinity;
  return sign * std::ldexp(number, static_cast<int>(unit));
}

}  // namespace

template <unsigned Digits>
std::optional<double> rounded(const Exact<Interval<Digits>>& exact, Format format) {
  if (exact.special != 0) return exact.special;
  if (is_zero(exact.value)) return 0.0;
  const double low = nearest_number(lower(exact.value), format, exact.open ? Tie::up : Tie::even);
  const double high =
      nearest_number(upper(exact.value), format, exact.open ? Tie::down : Tie::even);
  if (low != high) return std::nullopt;
  if (low == 0 && std::signbit(low) != std::signbit(high)) return std::nullopt;
  return low;
}

template <unsigned Digits>
bool rounds_to_0(const Exact<Interval<Digits>>& exact, Format format) {
  return exact.special == 0 && nearest_number(lower(exact.value), format, Tie::even) == 0 &&
         nearest_number(upper(exact.value), format, Tie::even) == 0;
}

#define XENT_INSTANTIATE(digits)                                                    \
  template std::optional<double> rounded(const Exact<Interval<(digits)>>&, Format); \
  template bool rounds_to_0(const Exact<Interval<(digits)>>&, Format);
XENT_INSTANTIATE(28)
XENT_INSTANTIATE(56)
XENT_INSTANTIATE(112)
XENT_INSTANTIATE(224)
XENT_INSTANTIATE(448)
XENT_INSTANTIATE(896)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
