// SPDX-License-Identifier: MIT
// Timing: statistics of repeated measurements. Noise only adds to a time, and comes and goes; so
// two things are compared by the ratios of samples that were taken side by side, and the middle of
// the ratios is known up to an interval:
//
//     P(r_(k) <= median <= r_(n+1-k)) = 1 - 2 sum_{i<k} C(n, i) / 2^n
//
// r_(1) <= … <= r_(n) being the sorted ratios of n rounds, whatever their distribution (sign test).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace xent {

struct Interval {
  double low = 0;
  double high = 0;
};

/// Fewer samples than this cannot bound a median with `confidence`.
inline constexpr std::size_t least_samples = 6;
inline constexpr double confidence = 0.95;

/// The value below which that share of the values lies, between neighbours in proportion; 0 of
/// none. No value is NaN.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

inline double median(const std::vector<double>& values) { return quantile(values, 0.5); }

/// The middle half of the values, from end to end, over their median; 0 of none.
inline double spread(const std::vector<double>& values) {
  const double middle = median(values);
  return middle > 0 ? (quantile(values, 0.75) - quantile(values, 0.25)) / middle : 0;
}

/// Holds the median that the values are samples of, with at least `confidence` where there are
/// `least_samples` of them; from the least to the greatest where there are fewer. No value is NaN.
inline Interval median_interval(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  double tail = 0, term = std::ldexp(1.0, -static_cast<int>(std::min<std::size_t>(n, 1000)));
  std::size_t k = 0;  // of the least values, so many lie outside
  for (; k < n / 2; ++k) {
    tail += 2 * term;
    if (1 - tail < confidence) break;
    term *= static_cast<double>(n - k) / static_cast<double>(k + 1);
  }
  const std::size_t outside = k == 0 ? 0 : k - 1;
  return {values[outside], values[n - 1 - outside]};
}

/// a_k / b_k of the rounds that both have.
inline std::vector<double> ratios(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all;
  for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) all.push_back(a[k] / b[k]);
  return all;
}

}  // namespace xent
