// SPDX-License-Identifier: MIT
// A loss so near to the midpoint of two neighbouring numbers of its type that only hundreds of bits
// tell on which side it lies. The label y has the largest logit m, so that
//   loss = log1p(R),   R = sum_{j != y} exp(x_j - m),
// and R shall be expm1(t) for a midpoint t in [0.05, 0.69]. Up to 64 classes take greedily, one
// after the other, the largest x_j for which exp(x_j - m) is at most what is left of it. As x_j is
// less than ulp(x_j) below the logarithm of that, each class leaves less than ulp(x_j) of it: it
// adds log2(1 / ulp(x_j)) bits, 14 at least in f32 while |x_j| < 1024, 42 in f64 while |x_j| < 2048
// (and log2(e) more on average). 16-bit logits aim at midpoints of f32, their loss: 3 bits at least
// in f16 while |x_j| < 256, and in bf16, where that ulp is 1, log2(1 / (1 - 1/e)) > 0.66. Where
// there are more classes, the others come first and share one logit, at which they are 1/32
// together.
//
// Every number is correctly rounded by MPFR, hence the same everywhere. No x_j lies below m - 2048,
// so that a term is at least 2^-2955 and 3072 bits leave a hundred for the last of them. Fewer bits
// are tried before, which are four times as fast: what is left at the end shows whether a hundred
// remained. Where the scale is so large that m - 2048 is m, all logits are m.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <mpfr.h>

#include "cases/family.hpp"

namespace xent::cases {
namespace {

constexpr std::ptrdiff_t most_greedy = 64;
constexpr double deepest = 2048;
constexpr mpfr_prec_t most_bits = 3072;
constexpr mpfr_prec_t spare_bits = 100;

/// An MPFR number.
class Real {
 public:
  explicit Real(mpfr_prec_t precision) { mpfr_init2(value_, precision); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  ~Real() { mpfr_clear(value_); }
  mpfr_ptr get() { return value_; }

 private:
  mpfr_t value_;
};

/// x towards zero to a number of the format, 0 where that is subnormal.
double truncated(double x, const Format& format) {
  Real number(format.digits);
  mpfr_set_d(number.get(), x, MPFR_RNDZ);
  return std::abs(x) < format.smallest_normal() ? 0 : mpfr_get_d(number.get(), MPFR_RNDN);
}

/// R = expm1(t), where t is the midpoint above the number of the format nearest to `loss`.
void set_remainder(Real& left, double loss, const Format& format) {
  Real t(format.digits);
  mpfr_set_d(t.get(), loss, MPFR_RNDN);
  mpfr_prec_round(t.get(), format.digits + 1, MPFR_RNDN);
  mpfr_nextabove(t.get());
  mpfr_expm1(left.get(), t.get(), MPFR_RNDN);
}

/// The largest number x of the format with exp(x - top) <= share, but no less than top - deepest.
double highest(double top, Real& share, const Format& format) {
  Real x(format.digits);
  Real logarithm(128);
  mpfr_set_d(x.get(), top - deepest, MPFR_RNDU);
  const double least = mpfr_get_d(x.get(), MPFR_RNDN);
  if (mpfr_sgn(share.get()) <= 0) return least;
  mpfr_log(logarithm.get(), share.get(), MPFR_RNDD);
  mpfr_add_d(x.get(), logarithm.get(), top, MPFR_RNDD);
  return std::max(least, mpfr_get_d(x.get(), MPFR_RNDN));
}

/// left -= n exp(x - top). The term needs only the bits whose places `left` has when it is near 1.
void take(Real& left, std::ptrdiff_t n, double x, double top) {
  const auto below_one = static_cast<mpfr_prec_t>((top - x) * std::numbers::log2e);
  Real term(std::max(mpfr_get_prec(left.get()) - below_one, spare_bits));
  mpfr_set_d(term.get(), x, MPFR_RNDN);
  mpfr_sub_d(term.get(), term.get(), top, MPFR_RNDN);
  mpfr_exp(term.get(), term.get(), MPFR_RNDN);
  mpfr_mul_si(term.get(), term.get(), n, MPFR_RNDN);
  mpfr_sub(left.get(), left.get(), term.get(), MPFR_RNDN);
}

/// What a row begins with: the maximum, which is the label's logit, and a number near the loss.
struct Start {
  double top;
  double loss;
};

/// Fills in the logits that follow the label's, computing with so many bits, and tells whether
/// these were enough.
bool fill_others(const Start& start, DType dtype, mpfr_prec_t bits, std::span<double> others) {
  const Format format = format_of(dtype);
  Real left(bits);
  set_remainder(left, start.loss, format_of(loss_dtype_of(dtype)));
  const auto shared = std::max<std::ptrdiff_t>(std::ssize(others) - most_greedy, 0);
  if (shared > 0) {
    Real share(bits);
    mpfr_set_d(share.get(), 0x1p-5, MPFR_RNDN);
    mpfr_div_si(share.get(), share.get(), shared, MPFR_RNDD);
    const double x = highest(start.top, share, format);
    std::fill_n(others.begin(), shared, x);
    take(left, shared, x, start.top);
  }
  for (double& x : others.subspan(static_cast<std::size_t>(shared))) {
    x = highest(start.top, left, format);
    take(left, 1, x, start.top);
  }
  return mpfr_sgn(left.get()) > 0 && mpfr_get_exp(left.get()) > spare_bits - bits;
}

/// Returns about as many bits as logits between 128 and 256 need.
mpfr_prec_t likely_bits(const Format& format, std::size_t others) {
  const auto greedy = std::min<mpfr_prec_t>(static_cast<mpfr_prec_t>(others), most_greedy);
  return std::min(2 * spare_bits + greedy * std::max(format.digits - 6, 2), most_bits);
}

std::ptrdiff_t fill(double scale, DType dtype, Random& random, std::span<double> logits) {
  const Format format = format_of(dtype);
  const std::ptrdiff_t label = random.below(std::ssize(logits));
  const double top = truncated(random.uniform(-scale, scale), format);
  const Start start = {top, random.uniform(0.05, 0.69)};
  const std::span<double> others = logits.subspan(1);
  if (!fill_others(start, dtype, likely_bits(format, others.size()), others))
    fill_others(start, dtype, most_bits, others);
  logits[0] = top;
  std::rotate(logits.begin(), logits.end() - label, logits.end());
  return label;
}

}  // namespace

const FamilySource greedy_midpoint_family = {
    .family = {.name = "greedy_midpoint",
               .summary = "the loss against the label next to a midpoint, nearer with each class",
               .magnitude = [](double scale) { return scale + deepest; },
               .typical_scale = 10,
               .hard = true},
    .fill_of_type = fill};

}  // namespace xent::cases
