// SPDX-License-Identifier: MIT
// Computes what the rows are multiplied by in a reduction.
#include "explain/formula/scales.hpp"

#include <algorithm>

#include "explain/formula/coefficients.hpp"

namespace xent::explain {
namespace {

bool is_kept(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i) {
  const auto kind = (formula.target ? formula.target(doubt, i) : given_target(doubt, i)).kind;
  return kind == Target::Kind::label || kind == Target::Kind::soft;
}

// Returns the sum of of_row(i) over the rows from <= i < to.
template <class OfRow>
double sum_over(std::ptrdiff_t from, std::ptrdiff_t to, OfRow of_row) {
  double sum = 0;
  for (std::ptrdiff_t i = from; i < to; ++i) sum += of_row(i);
  return sum;
}

double kept_rows(const Formula& formula, const Doubt& doubt, std::ptrdiff_t from,
                 std::ptrdiff_t to) {
  return sum_over(from, to, [&](std::ptrdiff_t i) { return is_kept(formula, doubt, i) ? 1 : 0; });
}

double target_weights(const Formula& formula, const Doubt& doubt, std::ptrdiff_t from,
                      std::ptrdiff_t to) {
  return sum_over(from, to, [&](std::ptrdiff_t i) { return divisor_weight(formula, doubt, i); });
}

double kept_row_weights(const Formula& formula, const Doubt& doubt) {
  return sum_over(0, doubt.rows(), [&](std::ptrdiff_t i) {
    return is_kept(formula, doubt, i) ? row_weight(doubt, i) : 0;
  });
}

// What the mean of the problem divides these rows by.
double mean_of(const Formula& formula, const Doubt& doubt, std::ptrdiff_t from, std::ptrdiff_t to) {
  if (doubt.has_labels() && doubt.has_weight()) return target_weights(formula, doubt, from, to);
  return kept_rows(formula, doubt, from, to);
}

// Each segment has the same number of rows, but for the last.
Scales of_segments(const Formula& formula, const Doubt& doubt) {
  const std::ptrdiff_t size = (doubt.rows() + formula.segments - 1) / formula.segments;
  const std::ptrdiff_t count = (doubt.rows() + size - 1) / size;
  Scales scales{.of_row = std::vector<double>(static_cast<std::size_t>(doubt.rows()))};
  for (std::ptrdiff_t from = 0; from < doubt.rows(); from += size) {
    const std::ptrdiff_t to = std::min(from + size, doubt.rows());
    const double mean = mean_of(formula, doubt, from, to);
    std::fill(scales.of_row.begin() + from, scales.of_row.begin() + to,
              mean == 0 ? 0 : 1 / (mean * static_cast<double>(count)));
  }
  return scales;
}

}  // namespace

double divisor_of(const Formula& formula, const Doubt& doubt, Divisor divisor) {
  const std::ptrdiff_t rows = doubt.rows();
  switch (divisor) {
    case Divisor::named:
    case Divisor::one:
    case Divisor::segments: return 1;
    case Divisor::mean: return mean_of(formula, doubt, 0, rows);
    case Divisor::rows: return static_cast<double>(rows);
    case Divisor::weights: return target_weights(formula, doubt, 0, rows);
    case Divisor::row_weights: return kept_row_weights(formula, doubt);
    case Divisor::kept: return kept_rows(formula, doubt, 0, rows);
    case Divisor::elements: return static_cast<double>(rows) * static_cast<double>(doubt.classes());
    case Divisor::batch: return static_cast<double>(doubt.row_axes().front());
  }
  return 1;
}

Scales scales_of(const Formula& formula, const Doubt& doubt, Reduction named) {
  // Losses of the rows stay as they are where only their gradient is that of a reduction.
  const bool alone =
      named == Reduction::none && doubt.has_grad() && doubt.reduction_of_grad() != Reduction::none;
  Divisor divisor = alone ? Divisor::one : formula.divisor;
  if (divisor == Divisor::named) divisor = named == Reduction::mean ? Divisor::mean : Divisor::one;
  if (divisor == Divisor::segments) return of_segments(formula, doubt);
  return {.of_all = 1 / divisor_of(formula, doubt, divisor)};
}

}  // namespace xent::explain
