// SPDX-License-Identifier: MIT
// The softmax is taken along an axis of the rows in place of that of the classes.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

// The log-sum-exp of class y along an axis of that size and step through row i, minus the logit.
void along(const Doubt& doubt, std::ptrdiff_t i, std::ptrdiff_t size, std::ptrdiff_t step,
           Row& row) {
  const std::ptrdiff_t first = i - i / step % size * step;
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (row.c[j] == 0) continue;
    const auto column = static_cast<std::ptrdiff_t>(j);
    const auto logit = [&](std::ptrdiff_t k) {
      return doubt.problem.logits(first + k * step, column);
    };
    double m = logit(0);
    for (std::ptrdiff_t k = 1; k < size; ++k) m = std::max(m, logit(k));
    double sum = 0;
    for (std::ptrdiff_t k = 0; k < size; ++k) sum += std::exp(logit(k) - m);
    const double term = m + std::log(sum) - row.x[j];
    row.loss += row.c[j] * term;
    row.loss_error += std::abs(row.c[j]) * (8 + 6 * std::sqrt(static_cast<double>(size)) +
                                            2 * std::abs(m) + 2 * std::abs(row.x[j]) + 4 * term);
  }
}

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  constexpr std::ptrdiff_t most = 4096;  // a row reads a whole axis
  std::ptrdiff_t step = doubt.rows();
  const std::vector<std::ptrdiff_t> axes = doubt.row_axes();
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const std::ptrdiff_t size = axes[a];
    if (size == 0) return all;
    step /= size;
    if (size < 2 || size > most) continue;
    all.push_back(
        {.sentence = fmt::format("the result of a softmax along axis {} of the rows, of size "
                                 "{}, in place of the {} classes",
                                 a, size, doubt.classes()),
         .plant = [size, step](Formula& f, double) {
           f.has_grad = false;
           f.row_loss = [size, step](const Doubt& given, std::ptrdiff_t i, Row& row) {
             along(given, i, size, step, row);
           };
         }});
  }
  return all;
}

}  // namespace

extern const Hypothesis other_axis{
    .name = "other_axis",
    .summary = "softmax along another axis",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
