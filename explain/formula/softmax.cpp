// SPDX-License-Identifier: MIT
// Takes the softmax of a row, in double or with the roundings of a narrower arithmetic.
#include "explain/formula/softmax.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "explain/formula/rounding.hpp"

namespace xent::explain {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double u = unit_roundoff<float>;

void find_maximum(Row& row) {
  row.m = -infinity;
  row.max_abs = 0;
  row.finite = true;
  for (const double x : row.x) {
    if (std::isnan(x) || x == infinity) row.finite = false;
    if (x > row.m) row.m = x;
    if (std::isfinite(x)) row.max_abs = std::max(row.max_abs, std::abs(x));
  }
  row.finite = row.finite && row.m != -infinity;
}

// The sum of the exponentials but for one of the maximum, exact to a few ulp of double.
void sum_exactly(Row& row) {
  double below = 0;
  double moment = 0;
  bool first = true;  // the first maximum stays out of the sum
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    const double d = row.d(j);
    if (d == 0 && first) {
      first = false;
      row.p[j] = 1;
      continue;
    }
    row.p[j] = std::exp(-d);
    below += row.p[j];
    if (row.p[j] > 0) moment += row.p[j] * d;
  }
  row.tail = std::log1p(below);
  row.spread = moment / (1 + below);
  const double of_all = 1 / (1 + below);
  for (double& p : row.p) {
    p *= of_all;
    if (p < 4 * u) row.absorbed += std::min(p / u, 2.0);
  }
}

// Does what sum_exactly does, but rounds each exponential and each partial sum.
void sum_rounded(const Format& format, Row& row) {
  double sum = 0;
  double moment = 0;
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    row.p[j] = rounded_to(static_cast<double>(std::exp(static_cast<float>(-row.d(j)))), format);
    sum = rounded_to(sum + row.p[j], format);
    if (row.p[j] > 0) moment += row.p[j] * row.d(j);
  }
  row.tail = std::log(sum);
  row.spread = moment / sum;
  for (double& p : row.p) p /= sum;
}

void sum_unshifted(Row& row) {
  float sum = 0;
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    const float e = std::exp(static_cast<float>(row.x[j]));
    row.p[j] = static_cast<double>(e);
    sum += e;
  }
  row.m = 0;
  row.tail = static_cast<double>(std::log(sum));
  row.spread = 0;
  for (double& p : row.p) p /= static_cast<double>(sum);
}

}  // namespace

void take_softmax(const Arithmetic& arithmetic, Row& row) {
  find_maximum(row);
  row.p.resize(row.x.size());
  row.absorbed = 0;
  if (!row.finite) {
    std::ranges::fill(row.p, std::numeric_limits<double>::quiet_NaN());
    row.tail = row.spread = row.lse = std::numeric_limits<double>::quiet_NaN();
    return;
  }
  if (arithmetic.unshifted)
    sum_unshifted(row);
  else if (arithmetic.sum)
    sum_rounded(*arithmetic.sum, row);
  else
    sum_exactly(row);
  row.lse = row.m + row.tail;
  row.of_sum = 8 + 6 * std::sqrt(static_cast<double>(row.classes())) + row.absorbed + row.spread +
               row.tail + (row.slope.empty() ? 2 : 12) * row.max_abs;
  if (arithmetic.softmax)
    for (double& p : row.p) p = rounded_to(p, *arithmetic.softmax);
}

void take_exponentials(Row& row) {
  row.p.resize(row.x.size());
  row.finite = true;
  row.m = row.tail = row.lse = row.spread = row.absorbed = 0;
  row.of_sum = 8 + 6 * std::sqrt(static_cast<double>(row.classes()));
  for (std::size_t j = 0; j < row.x.size(); ++j) row.p[j] = std::exp(row.x[j]);
}

}  // namespace xent::explain
