// SPDX-License-Identifier: MIT
// Reads and transforms the logits of a row.
#include "explain/formula/logits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>

#include "explain/formula/rounding.hpp"

namespace xent::explain {
namespace {

void copy_row(const AnyMatrix& matrix, std::ptrdiff_t i, std::span<double> x) {
  with_dtype(matrix.dtype, [&]<class T>(T) {
    const auto* const elements = static_cast<const T*>(matrix.data) + matrix.layout.row_offset(i);
    const std::ptrdiff_t stride = matrix.layout.col_stride;
    for (std::ptrdiff_t j = 0; j < std::ssize(x); ++j)
      x[static_cast<std::size_t>(j)] = static_cast<double>(elements[j * stride]);
  });
}

// Makes what is given into log-probabilities. A slope that is infinite is the largest number, for
// which a coefficient of 0 has a gradient of 0.
void take_logarithms(const Options& options, Row& row) {
  row.slope.resize(row.x.size());
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    row.slope[j] = std::min(log_prob_slope(options, row.x[j]), std::numeric_limits<double>::max());
    row.x[j] = log_prob(options, row.x[j]);
  }
}

// Maps the logits by a softcap and a temperature; 0 for either is none.
void map_logits(const Options& options, Row& row) {
  row.slope.clear();
  row.given = is_given(options);
  row.slope_of_all = options.temperature == 0 ? 1 : 1 / options.temperature;
  if (row.given) take_logarithms(options, row);
  if (row.given || !maps_logits(options)) return;
  if (options.softcap != 0) row.slope.resize(row.x.size());
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (options.softcap != 0) row.slope[j] = mapped_slope(options, row.x[j]);
    row.x[j] = mapped_logit(options, row.x[j]);
  }
}

// The input and the numbers that map it, which are those of the problem where the formula has none.
Options options_of(const Formula& formula, const Doubt& doubt) {
  const Options& given = doubt.problem.options;
  const double temperature = formula.temperature.value_or(given.temperature);
  return {.input = formula.input.value_or(given.input),
          .temperature = temperature == 1 ? 0 : temperature,
          .softcap = formula.softcap.value_or(given.softcap),
          .clip = formula.clip.value_or(formula.row_loss ? 0 : given.clip)};
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

}  // namespace xent::explain
