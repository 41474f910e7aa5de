// SPDX-License-Identifier: MIT
// The errors that one thread of a judge found, and the judgement of the errors of all.
#pragma once

#include "reference/judging/judge.hpp"
#include "reference/judging/statistics.hpp"

namespace xent::reference {

/// The errors that one thread found.
struct Found {
  Statistics loss, grad, grad_at_label, lse, log_softmax;

  /// Adds the errors that another thread found.
  void add(const Found& other) {
    loss.add(other.loss);
    grad.add(other.grad);
    grad_at_label.add(other.grad_at_label);
    lse.add(other.lse);
    log_softmax.add(other.log_softmax);
  }

  Judgement judgement() const {
    return {loss.result(), grad.result(), grad_at_label.result(), lse.result(),
            log_softmax.result()};
  }
};

}  // namespace xent::reference
