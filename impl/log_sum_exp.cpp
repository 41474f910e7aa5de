// SPDX-License-Identifier: MIT
// Log-sum-exp shifted by the maximum: what PyTorch and TensorFlow compute. With m = max x,
//
//   S = sum_j exp(x_j - m)
//   labels: loss = log S - (x_y - m)              gradient = exp(x_j - m) / S - [j = y]
//   soft:   loss = sum_j c_j (log S - (x_j - m))  gradient = exp(x_j - m) / S sum_k c_k - c_j
//
// Why it is safe: no exponential overflows, and S >= 1, so the loss is never negative. What it
// loses: S holds the 1 of the maximum, so what the other classes add below u is lost, and with it
// every loss below u; p_y - 1 loses the same.
//
// Error of a loss against a label: 3 u of itself, 1 ulp, and, to first order and with E_exp and
// E_log the errors of the C library in u (impl/bounds/textbook_bounds.hpp),
//
//   u (C - 1 + E_exp + W + E_log l + d_y),   W = sum_j p_j d_j <= log C,   l = log S
//
// Proof: docs/error_bounds.md, lemmas 15 to 18 (the textbook forms).
//
// Source: Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions",
// IMA J. Numer. Anal. 41 (2021); the form of torch.nn.functional.cross_entropy.

#include <cmath>

#include <xent/implementation.hpp>

#include "impl/bounds/finite_domain.hpp"
#include "impl/bounds/mapped_in.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/bounds/textbook_bounds.hpp"
#include "impl/rows/row_kernel.hpp"
#include "impl/rows/shifted_rows.hpp"

namespace xent::impl {
namespace {

/// Returns the maximum m of the row and S, in two passes over it.
template <class A, class Row>
ShiftedSum<A> shifted_sum(Row x) {
  ShiftedSum<A> s;
  for (std::ptrdiff_t j = 0; j < x.size; ++j)
    if (x[j] > s.m) s.m = x[j];
  for (std::ptrdiff_t j = 0; j < x.size; ++j) s.sum += std::exp(x[j] - s.m);
  return s;
}

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  using Row = VectorView<const T>;
  using Mapped = MappedLogits<T, A>;
  return {.kernel = rowwise_kernel<T, shifted_label_row<T, shifted_sum<A, Row>>,
                                   shifted_soft_row<T, Row, shifted_sum<A, Row>>,
                                   shifted_soft_row<T, Mapped, shifted_sum<A, Mapped>>>,
          .tier = Tier::stable,
          .domain = finite_domain<A>(),
          .offers = everything,
          .loss_bound = shifted_loss_bound<A>,
          .lse_bound = shifted_lse_bound<A>,
          .grad_bound = rounded_once<T, shifted_gradient_bound<A>>,
          .mapping = mapped_in<A>(),
          .forward = {.reads = 2, .exponentials = 1},
          .forward_and_gradient = {.reads = 3, .exponentials = 2},
          .reproducible = true};
}

constexpr Unclaimed unclaimed[] = {
    {"no_lost_loss", "the 1 of the maximum in S absorbs what is below u"},
};

}  // namespace

extern const Implementation log_sum_exp{
    .name = "log_sum_exp",
    .summary = "shifted by the maximum: never overflows, loses the loss of confident rows",
    .source = "Blanchard, Higham & Higham 2021",
    XENT_CONTRACTS.unclaimed = unclaimed,
};

}  // namespace xent::impl
