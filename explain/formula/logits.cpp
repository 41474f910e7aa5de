// SPDX-License-Identifier: MIT
// Reads and transforms the logits of a row, and takes their softmax, in double or with the
// roundings of a narrower arithmetic.
#include "explain/formula/logits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>

#include "explain/formula/rounding.hpp"

namespace xent::explain {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double u = unit_roundoff<float>;

void copy_row(const AnyMatrix& matrix, std::ptrdiff_t i, std::span<double> x) {
  with_dtype(matrix.dtype, [&]<class T>(T) {
    const auto* const elements = static_cast<const T*>(matrix.data) + matrix.layout.row_offset(i);
    const std::ptrdiff_t stride = matrix.layout.col_stride;
    for (std::ptrdiff_t j = 0; j < std::ssize(x); ++j)
      x[static_cast<std::size_t>(j)] = static_cast<double>(elements[j * stride]);
  });
}

// Maps the logits by a softcap and a temperature; 0 for either is none.
void map_logits(const Options& options, Row& row) {
  row.slope.clear();
  row.slope_of_all = options.temperature == 0 ? 1 : 1 / options.temperature;
  if (!maps_logits(options)) return;
  if (options.softcap != 0) row.slope.resize(row.x.size());
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (options.softcap != 0) row.slope[j] = mapped_slope(options, row.x[j]);
    row.x[j] = mapped_logit(options, row.x[j]);
  }
}

// The softcap and the temperature of the formula, which are those of the problem where it has none.
Options options_of(const Formula& formula, const Doubt& doubt) {
  const Options& given = doubt.problem.options;
  const double temperature = formula.temperature.value_or(given.temperature);
  return {.temperature = temperature == 1 ? 0 : temperature,
          .softcap = formula.softcap.value_or(given.softcap)};
}

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

void read_logits(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row) {
  row.x.resize(static_cast<std::size_t>(doubt.classes()));
  if (formula.logits)
    formula.logits(doubt, i, row.x);
  else
    copy_row(doubt.problem.logits, i, row.x);
  map_logits(options_of(formula, doubt), row);
  if (formula.arithmetic.logits)
    for (double& x : row.x) x = rounded_to(x, *formula.arithmetic.logits);
}

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

}  // namespace xent::explain
