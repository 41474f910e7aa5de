// SPDX-License-Identifier: MIT
// Drawing numbers of a band.
#include "cases/magnitude_bands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xent::cases {
namespace {

/// Numbers from 2^least to 2^most.
struct Exponents {
  int least, most;
};

Exponents exponents_of(Band band, const Format& f) {
  const int emin = f.min_exponent;
  const int emax = f.max_exponent;
  switch (band) {
    case Band::subnormal: return {emin - f.digits + 1, emin};
    case Band::tiny: return {std::max(-64, emin), std::max(-32, emin + 4)};
    case Band::large: return {std::min(33, emax - 5), std::min(64, emax)};
    case Band::overflowing: return {emax - 1, emax + 1};
    case Band::ordinary:
    case Band::zero:
    case Band::ones:
    case Band::infinite:
    case Band::negative:
    case Band::mixed: break;
  }
  return {-1, 1};
}

/// x rounded to a number of the format, no larger than its largest.
double fitted(double x, const Format& f) {
  const int place = std::max(std::ilogb(x), f.min_exponent) - f.digits + 1;
  return std::min(std::ldexp(std::nearbyint(std::ldexp(x, -place)), place), f.largest);
}

/// Uniform in exponent.
double draw_magnitude(Exponents between, const Format& f, Random& random) {
  const auto octave = static_cast<int>(random.below(between.most - between.least));
  const double significand = 1 + random.uniform();
  return fitted(std::ldexp(significand, between.least + octave), f);
}

}  // namespace

Magnitudes magnitudes_of(Band band, const Format& format) {
  if (band == Band::ones) return {1, 1};
  const Exponents between = exponents_of(band, format);
  const bool to_the_end = between.most > format.max_exponent;
  return {std::ldexp(1, between.least), to_the_end ? format.largest : std::ldexp(1, between.most)};
}

double draw_of_band(Band band, const Format& format, double before, Random& random) {
  const double magnitude = draw_magnitude(exponents_of(band, format), format, random);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (band) {
    case Band::zero: return random.one_in(8) ? magnitude : 0;
    case Band::ones: return 1;
    case Band::infinite:
      if (random.one_in(2)) return magnitude;
      return random.one_in(4) ? -infinity : infinity;
    case Band::negative: return -magnitude;
    case Band::mixed:
      if (before != 0 && random.one_in(2)) return -before;
      return random.one_in(2) ? magnitude : -magnitude;
    case Band::ordinary:
    case Band::subnormal:
    case Band::tiny:
    case Band::large:
    case Band::overflowing: break;
  }
  return magnitude;
}

}  // namespace xent::cases
