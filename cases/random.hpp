// SPDX-License-Identifier: MIT
// Random numbers that are the same bits on every machine and with every library: integers from
// SplitMix64 (Steele, Lea, Flood 2014), reals by exact or correctly rounded operations only.
#pragma once

#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace xent::cases {

class Random {
 public:
  /// The sequence number `stream` of that seed.
  Random(std::uint64_t seed, std::uint64_t stream) : state_(mix(mix(seed + step) ^ stream)) {}

  /// Uniform over the 64-bit integers.
  std::uint64_t next() { return mix(state_ += step); }

  /// Uniform over the multiples of 2^-53 in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  double uniform(double lo, double hi) { return lo + (hi - lo) * uniform(); }

  /// Uniform over 0 ... n - 1, n in [1, 2^53]. The product does not round up to n.
  std::ptrdiff_t below(std::ptrdiff_t n) {
    assert(0 < n && n <= std::ptrdiff_t{1} << 53);
    return static_cast<std::ptrdiff_t>(uniform() * static_cast<double>(n));
  }

  /// True once in n.
  bool one_in(std::ptrdiff_t n) { return below(n) == 0; }

  /// Nearly N(0, 1): the sum of 12 uniforms in [-1/2, 1/2) (Irwin-Hall), so never beyond
  /// max_normal.
  double normal() {
    double sum = 0;
    for (int k = 0; k < 12; ++k) sum += uniform() - 0.5;
    return sum;
  }
  static constexpr double max_normal = 6;

  /// Uniform in exponent: (1 + u) / 2 * 2^-k in [2^-octaves, 1), k uniform over 0 ... octaves - 1.
  double log_uniform(int octaves) {
    const double fraction = (1 + uniform()) / 2;
    return std::ldexp(fraction, -static_cast<int>(below(octaves)));
  }

 private:
  static constexpr std::uint64_t step = 0x9e3779b97f4a7c15;

  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace xent::cases
