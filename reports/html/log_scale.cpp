// SPDX-License-Identifier: MIT
// Logarithmic scale: its marks.
#include "reports/html/log_scale.hpp"

#include <initializer_list>

namespace xent::reports {

std::vector<double> log_ticks(double lo, double hi) {
  const auto ticks = [&](std::initializer_list<double> steps) {
    std::vector<double> found;
    const int last = static_cast<int>(std::floor(std::log10(hi)));
    for (int power = static_cast<int>(std::floor(std::log10(lo))); power <= last; ++power)
      for (const double step : steps)
        if (const double value = step * std::pow(10.0, power); lo <= value && value <= hi)
          found.push_back(value);
    return found;
  };
  const std::vector<double> powers = ticks({1});
  return powers.size() >= 3 ? powers : ticks({1, 2, 5});
}

}  // namespace xent::reports
