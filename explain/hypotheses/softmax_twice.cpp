// SPDX-License-Identifier: MIT
// The softmax is taken of probabilities: once by the model, once by the loss.
#include <cmath>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void of_softmax(Row& row) {
  double sum = 0;
  for (const double p : row.p) sum += std::exp(p);
  const double lse = std::log(sum);
  double inner = 0;  // sum_k p_k h_k, h = d loss / d p
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    const double h = row.total * std::exp(row.p[j] - lse) - row.c[j];
    row.loss += row.c[j] * (lse - row.p[j]);
    inner += row.p[j] * h;
    if (row.wants_grad) row.grad[j] = h;
  }
  row.loss_error = row.mass * 2 * row.sum_error();
  if (!row.wants_grad) return;
  for (std::size_t j = 0; j < row.x.size(); ++j) row.grad[j] = row.p[j] * (row.grad[j] - inner);
}

std::vector<Variant> variants(const Doubt&) {
  return {
      {.sentence = "the result with the softmax applied twice", .plant = [](Formula& f, double) {
         f.row_loss = [](const Doubt&, std::ptrdiff_t, Row& row) { of_softmax(row); };
       }}};
}

}  // namespace

extern const Hypothesis softmax_twice{
    .name = "softmax_twice",
    .summary = "softmax applied twice",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
