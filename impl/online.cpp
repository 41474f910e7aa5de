// SPDX-License-Identifier: MIT
// The online normaliser: one pass over the logits keeps their maximum and the sum of exponentials
// below it. With m = -inf and S = 0 before the first,
//
//   m' = max(m, x_j),   S' = S exp(m - m') + exp(x_j - m')
//   labels: loss = log S - (x_y - m)              gradient = exp(x_j - m) / S - [j = y]
//   soft:   loss = sum_j c_j (log S - (x_j - m))  gradient = exp(x_j - m) / S sum_k c_k - c_j
//
// One of the two exponentials is exp(0) = 1, so a logit costs one exponential, as in log_sum_exp;
// but the logits are read once, not twice. Why it is safe: as in log_sum_exp, nothing overflows and
// S >= 1, and every loss below u is lost.
//
// Error of a loss against a label: 3 u of itself, 1 ulp, and, to first order and with E_exp and
// E_log the errors of the C library in u (impl/bounds/textbook_bounds.hpp),
//
//   u ((1 + E_exp / 2) (C - 1) + E_exp + W + E_log l + d_y),   W = sum_j p_j d_j <= log C
//
// where 1 + E_exp / 2 is 1.51 in f32 and 1.55 in f64. A rise of the maximum multiplies what was
// summed by an exponential. The differences of one chain of maxima telescope, so their roundings
// together are no more than that of one difference. Of two terms a rise hurts only the smaller, so
// C - 1 rises cost half of C - 1 exponentials. Proof: docs/error_bounds.md, lemmas 20 and 21 (the
// online sum; results of online).
//
// Source: Milakov & Gimelshein, "Online normalizer calculation for softmax", arXiv:1805.02867,
// 2018, algorithm 3.

#include <cmath>
#include <limits>

#include <xent/implementation.hpp>

#include "impl/bounds/finite_domain.hpp"
#include "impl/bounds/mapped_in.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/rows/row_kernel.hpp"
#include "impl/rows/shifted_rows.hpp"

namespace xent::impl {
namespace {

/// Returns the maximum m of the row and S, in one pass over it.
template <class A, class Row>
ShiftedSum<A> online_sum(Row x) {
  ShiftedSum<A> s;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const A x_j = x[j];
    if (x_j > s.m) {
      s.sum = s.sum * std::exp(s.m - x_j) + 1;
      s.m = x_j;
    } else if (x_j != -std::numeric_limits<A>::infinity()) {  // a masked class adds nothing
      s.sum += std::exp(x_j - s.m);
    }
  }
  s.sum += 0 * s.m;  // NaN without a finite maximum
  return s;
}

/// The relative error of S, in u: the exponential of a term, the roundings of its differences, and
/// for each later logit an addition and, on the average over the terms, half an exponential.
template <class A>
double sum_error(const RowFacts& row) {
  constexpr double exp = LibmErrors<A>::exp;
  return gamma<A>((row.classes - 1) * (1 + exp / 2) + exp + row.spread);
}

/// The absolute error of log S, in u.
template <class A>
double log_error(const RowFacts& row) {
  return gamma<A>(sum_error<A>(row)) + LibmErrors<A>::log * row.tail;
}

template <class A>
ErrorBound loss_bound(const RowFacts& row) noexcept {
  return textbook_loss<A>(row, row.gap + row.target_mass * log_error<A>(row));
}

template <class A>
ErrorBound lse_bound(const RowFacts& row) noexcept {
  return textbook_lse<A>(row, log_error<A>(row));
}

template <class A>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  return textbook_gradient<A>(row, g, g.distance + LibmErrors<A>::exp + sum_error<A>(row) + 1);
}

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  using Row = VectorView<const T>;
  using Mapped = MappedLogits<T, A>;
  return {.kernel = rowwise_kernel<T, shifted_label_row<T, online_sum<A, Row>>,
                                   shifted_soft_row<T, Row, online_sum<A, Row>>,
                                   shifted_soft_row<T, Mapped, online_sum<A, Mapped>>>,
          .tier = Tier::stable,
          .domain = finite_domain<A>(),
          .offers = everything,
          .loss_bound = loss_bound<A>,
          .lse_bound = lse_bound<A>,
          .grad_bound = rounded_once<T, grad_bound<A>>,
          .mapping = mapped_in<A>(),
          .forward = {.reads = 1, .exponentials = 1},
          .forward_and_gradient = {.reads = 2, .exponentials = 2},
          .reproducible = true};
}

constexpr Unclaimed unclaimed[] = {
    {"no_lost_loss", "the 1 of the maximum in S absorbs what is below u"},
};

}  // namespace

extern const Implementation online{
    .name = "online",
    .summary = "maximum and sum in one pass: reads the logits once, else as log_sum_exp",
    .source = "Milakov & Gimelshein 2018",
    XENT_CONTRACTS.unclaimed = unclaimed,
};

}  // namespace xent::impl
