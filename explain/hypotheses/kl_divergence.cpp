// SPDX-License-Identifier: MIT
// The Kullback-Leibler divergence: the entropy of the targets is subtracted; or it is not, where
// the option asks for it.
#include <cmath>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void divergence(Row& row) {
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (row.c[j] != 0) {
      const double log_c = std::log(row.c[j] / row.v);
      row.loss += row.c[j] * (log_c - row.log_p(j));
      row.loss_error +=
          std::abs(row.c[j]) * (row.sum_error() + 2 * std::abs(row.d(j)) + 4 * std::abs(log_c));
    }
    if (row.wants_grad) row.grad[j] = row.derivative(j);
  }
}

std::vector<Variant> variants(const Doubt& doubt) {
  if (doubt.problem.options.kl_divergence)
    return {{.sentence = "the cross-entropy: the entropy of the targets is not subtracted",
             .plant = [](Formula& f, double) { f.divergence = false; }}};
  if (doubt.has_labels() && doubt.problem.options.label_smoothing == 0) return {};
  return {{.sentence = "the Kullback-Leibler divergence: the entropy of the targets is subtracted",
           .plant = [](Formula& f, double) {
             f.row_loss = [](const Doubt&, std::ptrdiff_t, Row& row) { divergence(row); };
           }}};
}

}  // namespace

extern const Hypothesis kl_divergence{
    .name = "kl_divergence",
    .summary = "entropy of the targets subtracted",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
