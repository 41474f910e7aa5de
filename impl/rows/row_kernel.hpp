// SPDX-License-Identifier: MIT
// The kernel of an implementation whose row functions are known when it is compiled; those of given
// log-probabilities and of divergences, in the next wider type, are the same for all.
#pragma once

#include <xent/contract.hpp>

#include "impl/driver/mapped_logits.hpp"
#include "impl/driver/rowwise.hpp"
#include "impl/rows/wide/divergence_row.hpp"
#include "impl/rows/wide/given_row.hpp"

namespace xent::impl {

/// Computes `out` from `problem`; `mapped` is the function of soft targets as one of MappedLogits.
template <class T, LabelRow<T> label, SoftRow<T> soft, auto mapped>
void rowwise_kernel(const Problem<T>& problem, const Outputs<T>& out,
                    const Execution& execution) noexcept {
  rowwise<T>({.label = label,
              .soft = soft,
              .mapped = mapped_row<mapped, T>,
              .given = given_row<T>,
              .divergence = divergence_row<T>},
             problem, out, execution.threads);
}

}  // namespace xent::impl
