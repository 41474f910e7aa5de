// SPDX-License-Identifier: MIT
// The mean of the means over parts of the rows: micro-batches, sequences or devices.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "explain/formula/scales.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

// Returns whether that is another number than the mean.
bool differs(const Doubt& doubt, std::ptrdiff_t count) {
  Formula formula;
  formula.divisor = Divisor::segments;
  formula.segments = count;
  const Scales scales = scales_of(formula, doubt, Reduction::mean);
  return std::ranges::adjacent_find(scales.of_row, std::not_equal_to{}) != scales.of_row.end();
}

Variant parts(std::ptrdiff_t count) {
  return {.sentence = fmt::format("the mean of the means over {} parts of the rows", count),
          .plant = [count](Formula& f, double) {
            f.divisor = Divisor::segments;
            f.segments = count;
          }};
}

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  const std::ptrdiff_t batch = doubt.row_axes().front();
  if (doubt.row_shape.size() > 1 && batch > 1 && differs(doubt, batch)) all.push_back(parts(batch));
  for (std::ptrdiff_t count = 2; count < std::min<std::ptrdiff_t>(doubt.rows(), 65); ++count) {
    const std::ptrdiff_t size = (doubt.rows() + count - 1) / count;
    if (count != batch && (doubt.rows() + size - 1) / size == count && differs(doubt, count))
      all.push_back(parts(count));
  }
  return all;
}

}  // namespace

extern const Hypothesis mean_of_means{
    .name = "mean_of_means",
    .summary = "mean of means over parts of the rows",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
