// SPDX-License-Identifier: MIT
#include "explain/fitting/roots.hpp"

#include <cmath>
#include <cstdint>

#include <boost/math/tools/roots.hpp>

namespace xent::explain {
namespace {

// Finds the root to 46 bits, which is more than a result of f32 tells, and near what one of f64
// does.
double root_between(const std::function<double(double)>& f, double left, double right,
                    double at_left, double at_right) {
  std::uintmax_t steps = 60;
  const auto ends = boost::math::tools::toms748_solve(
      f, left, right, at_left, at_right, boost::math::tools::eps_tolerance<double>(46), steps);
  return (ends.first + ends.second) / 2;
}

}  // namespace

std::vector<double> roots(const Parameter& parameter, const std::function<double(double)>& f,
                          int points) {
  std::vector<double> found;
  if (parameter.linear) {
    const double f_0 = f(0);
    const double root = f_0 / (f_0 - f(1));
    if (root >= parameter.least && root <= parameter.most) found.push_back(root);
    return found;
  }
  const double ratio = std::log(parameter.most / parameter.least) / (points - 1);
  double before = parameter.least;
  double f_before = f(before);
  for (int k = 1; k < points; ++k) {
    const double here = parameter.least * std::exp(ratio * k);
    const double f_here = f(here);
    if (f_here == 0)
      found.push_back(here);
    else if (f_before * f_here < 0)
      found.push_back(root_between(f, before, here, f_before, f_here));
    before = here;
    f_before = f_here;
  }
  return found;
}

}  // namespace xent::explain
