// SPDX-License-Identifier: MIT
// The logits are taken for log-probabilities: nothing is normalised.
#include <cmath>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void unnormalised(Row& row) {
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (row.c[j] == 0) continue;
    row.loss -= row.c[j] * row.x[j];
    row.loss_error += 4 * std::abs(row.c[j] * row.x[j]);
    if (row.wants_grad) row.grad[j] = -row.c[j];
  }
}

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "minus the target's logit: the logits are taken for log-probabilities",
           .plant = [](Formula& f, double) {
             f.row_loss = [](const Doubt&, std::ptrdiff_t, Row& row) { unnormalised(row); };
           }}};
}

}  // namespace

extern const Hypothesis logit_for_log{
    .name = "logit_for_log",
    .summary = "logits taken for log-probabilities",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
