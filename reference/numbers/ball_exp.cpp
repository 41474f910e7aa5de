// SPDX-License-Identifier: MIT
// Computes the exponential of a Ball. With L = log(2) / 1024, k the integer nearest to x / L, and
// k = 1024 e + i, 0 <= i < 1024,
//
//   exp(x) = 2^e 2^(i/1024) exp(r),   r = x - k L,   |r| < 2^-11.5
//
// Error: 2^-98, relatively, besides what the uncertainty of x causes. Proof: docs/error_bounds.md,
// lemmas 77 to 79 (exponential: reduction; series; result).
#include <array>
#include <cstdint>

#include "reference/numbers/ball.hpp"

namespace xent::reference {
namespace {

constexpr int steps = 1024;

/// The constants, correctly rounded by MPFR.
struct Constants {
  double inverse;                 // 1 / L
  double high;                    // L, in parts of which the first two have 33 bits
  double middle;                  //
  double low;                     //
  Pair third;                     // 1/3
  std::array<Pair, steps> power;  // 2^(i/1024)

  Constants();
};

/// Returns the number of so many bits nearest to `rest`, and subtracts it from `rest`.
double take(mpfr_ptr rest, mpfr_prec_t bits = 53) {
  mpfr_t part;
  mpfr_init2(part, bits);
  mpfr_set(part, rest, MPFR_RNDN);
  mpfr_sub(rest, rest, part, MPFR_RNDN);
  const double result = mpfr_get_d(part, MPFR_RNDN);
  mpfr_clear(part);
  return result;
}

Constants::Constants() {
  mpfr_t x;
  mpfr_init2(x, 256);
  mpfr_const_log2(x, MPFR_RNDN);
  mpfr_div_2ui(x, x, 10, MPFR_RNDN);
  inverse = 1 / mpfr_get_d(x, MPFR_RNDN);
  high = take(x, 33);
  middle = take(x, 33);
  low = take(x);
  mpfr_set_ui(x, 1, MPFR_RNDN);
  mpfr_div_ui(x, x, 3, MPFR_RNDN);
  third.hi = take(x);
  third.lo = take(x);
  for (int i = 0; i < steps; ++i) {
    mpfr_set_si_2exp(x, i, -10, MPFR_RNDN);
    mpfr_exp2(x, x, MPFR_RNDN);
    Pair& root = power[static_cast<std::size_t>(i)];
    root.hi = take(x);
    root.lo = take(x);
  }
  mpfr_clear(x);
}

const Constants& constants() {
  static const Constants computed;
  return computed;
}

/// Returns exp(r + tail) - 1 for |r| < 2^-11.5, |tail| < 2^-57; third is 1/3. With a = r^2 / 2 it
/// is
///
///   r + a (1 + r/3 + r^2/12 + r^3/60 + ...) + tail exp(r)
Pair exp_minus_1(double r, double tail, const Pair& third) {
  const Pair a = two_prod(r, r / 2);
  const Pair t = two_prod(r, third.hi);
  const double higher = 1. / 6 + r * (1. / 30 + r * (1. / 180 + r / 1260));
  const double t_low = (t.lo + r * third.lo) + a.hi * higher;
  const Pair cubic = two_prod(a.hi, t.hi);
  const Pair square = fast_two_sum(r, a.hi);
  const Pair sum = fast_two_sum(square.hi, cubic.hi);
  const double low = (a.hi * t_low + a.lo * t.hi) + (a.lo + cubic.lo);
  return {sum.hi, ((square.lo + sum.lo) + low) + (tail + tail * sum.hi)};
}

}  // namespace

void exponential(Ball& result, const Ball& x) {
  if (!(x.error <= 0.5) || x.hi > 600) {
    result = {Pair{}, std::numeric_limits<double>::infinity()};
    return;
  }
  if (x.hi < -600) {
    result = {Pair{0x1p-865, 0}, 0x1p-865};
    return;
  }
  const Constants& c = constants();
  const double nearest = (x.hi * c.inverse + 0x1.8p52) - 0x1.8p52;
  const Pair rest = two_sum(x.lo, -nearest * c.middle);
  const Pair r = two_sum(x.hi - nearest * c.high, rest.hi);
  const Pair s = exp_minus_1(r.hi, r.lo + (rest.lo - nearest * c.low), c.third);

  const auto k = static_cast<std::int64_t>(nearest);
  const Pair root = c.power[static_cast<std::size_t>(k & (steps - 1))];
  const Pair product = two_prod(root.hi, s.hi);
  const Pair high = fast_two_sum(root.hi, product.hi);
  const double low = product.lo + (root.hi * s.lo + root.lo * (s.hi + s.lo));
  const Pair power = fast_two_sum(high.hi, high.lo + (root.lo + low));
  const double scale = power_of_2(k >> 10);
  result = {Pair{power.hi * scale, power.lo * scale}, exponential_error + 2 * x.error, 0};
}

}  // namespace xent::reference
