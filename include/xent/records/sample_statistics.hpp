// SPDX-License-Identifier: MIT
// Statistics of repeated measurements of time. Noise only adds to a time, and comes and goes; so
// two things are compared by the ratios of samples that were taken side by side, and the median of
// the ratios lies in an interval,
//
//   P(r_(k) <= median <= r_(n+1-k)) = 1 - 2 sum_{i<k} C(n, i) / 2^n
//
// where r_(1) <= … <= r_(n) are the sorted ratios of n rounds, whatever their distribution (sign
// test).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace xent {

/// The numbers from low to high.
struct Interval {
  double low = 0;
  double high = 0;
};

/// How sure an interval is, and the fewest samples whose median has such an interval.
inline constexpr std::size_t least_samples = 6;
inline constexpr double confidence = 0.95;

/// Returns the value below which the share `share` of the values lies, in [0, 1], interpolated
/// linearly between neighbours; 0 where there are no values. No value is NaN.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

/// Returns the median; 0 where there are no values.
inline double median(const std::vector<double>& values) { return quantile(values, 0.5); }

/// Returns the distance of the quartiles over the median; 0 where there are no values or the median
/// is 0.
inline double spread(const std::vector<double>& values) {
  const double middle = median(values);
  return middle > 0 ? (quantile(values, 0.75) - quantile(values, 0.25)) / middle : 0;
}

/// Returns an interval that holds the median of the distribution of the values, with at least
/// `confidence` where there are `least_samples` of them or more; with fewer, from the least value
/// to the greatest. No value is NaN.
inline Interval median_interval(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  double tail = 0, term = std::ldexp(1.0, -static_cast<int>(std::min<std::size_t>(n, 1000)));
  std::size_t k = 0;  // how many of the least values lie outside
  for (; k < n / 2; ++k) {
    tail += 2 * term;
    if (1 - tail < confidence) break;
    term *= static_cast<double>(n - k) / static_cast<double>(k + 1);
  }
  const std::size_t outside = k == 0 ? 0 : k - 1;
  return {values[outside], values[n - 1 - outside]};
}

/// Returns the ratios a_k / b_k of the rounds that both have.
inline std::vector<double> ratios(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all;
  for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) all.push_back(a[k] / b[k]);
  return all;
}

}  // namespace xent
