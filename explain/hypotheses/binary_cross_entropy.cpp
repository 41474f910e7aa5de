// SPDX-License-Identifier: MIT
// A sigmoid for each class in place of the softmax: binary cross-entropy, summed or averaged over
// the classes, or that of the targets alone.
#include <cmath>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }
double sigmoid(double x) {
  return x > 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

// sum_j q_j softplus(-x_j) + (1 - q_j) softplus(x_j), of which `others` keeps or drops the second.
void binary(double factor, double others, Row& row) {
  double size = 0;
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    const double q = row.c[j];
    const double rest = others * (1 - q);
    const double x = row.x[j];
    row.loss += factor * (q * softplus(-x) + (rest == 0 ? 0 : rest * softplus(x)));
    size += std::abs(q) * softplus(-x) + (rest == 0 ? 0 : std::abs(rest) * softplus(x));
    if (row.wants_grad) row.grad[j] = factor * (rest * sigmoid(x) - q * sigmoid(-x));
  }
  row.loss_error = factor * size * (8 + 6 * std::sqrt(static_cast<double>(row.classes())));
  row.grad_relative = 8 + row.max_abs;
  row.mass = factor;  // of a term of the gradient
}

Variant of(const char* words, double factor, double others) {
  return {.sentence = std::string("the binary cross-entropy of a sigmoid for each class, ") + words,
          .plant = [factor, others](Formula& f, double) {
            f.row_loss = [factor, others](const Doubt&, std::ptrdiff_t, Row& row) {
              binary(factor, others, row);
            };
          }};
}

std::vector<Variant> variants(const Doubt& doubt) {
  if (doubt.has_weight()) return {};
  return {of("averaged over the classes", 1 / static_cast<double>(doubt.classes()), 1),
          of("summed over the classes", 1, 1), of("of the targets alone", 1, 0)};
}

}  // namespace

extern const Hypothesis binary_cross_entropy{
    .name = "binary_cross_entropy",
    .summary = "a sigmoid for each class",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
