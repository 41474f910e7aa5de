// SPDX-License-Identifier: MIT
// The gradient is N times too large or too small.
#include "explain/formula/scales.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!doubt.has_grad()) return {};
  const auto rows = static_cast<double>(doubt.rows());
  if (rows == divisor_of({}, doubt, Divisor::mean)) return {};  // gradient_of_sum says it
  return {{.sentence = "N times the gradient, N the number of rows",
           .plant = [rows](Formula& f, double) { f.grad_factor = rows; }},
          {.sentence = "the gradient divided by N, the number of rows",
           .plant = [rows](Formula& f, double) { f.grad_factor = 1 / rows; }}};
}

}  // namespace

extern const Hypothesis gradient_by_rows{
    .name = "gradient_by_rows",
    .summary = "gradient N times too large or too small",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
