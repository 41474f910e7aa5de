// SPDX-License-Identifier: MIT
// Logarithmic scale: the axis of a chart.
#pragma once

#include <cmath>
#include <vector>

namespace xent::reports {

/// From [lo, hi], 0 < lo < hi, to pixels [from, to].
struct LogScale {
  double lo = 1;
  double hi = 10;
  double from = 0;
  double to = 1;

  double operator()(double value) const {
    return from + (to - from) * std::log(value / lo) / std::log(hi / lo);
  }
};

/// The marks of the axis: powers of ten, with their doubles and fives where those would be fewer
/// than three.
std::vector<double> log_ticks(double lo, double hi);

}  // namespace xent::reports
