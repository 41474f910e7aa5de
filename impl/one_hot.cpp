// SPDX-License-Identifier: MIT
// The one-hot form: a dense target row against log-softmax. With m = max x, S = sum_j exp(x_j - m),
//
//   loss     = sum_j c_j (log S - (x_j - m))         over all j
//   gradient = p_j sum_k c_k - c_j,  p_j = exp((x_j - m) - log S)
//
// For probs it reads a matrix of the logits' size. For labels it runs over c_j = [j = y], as a
// framework does that first expands labels to one-hot, without the matrix. A one-hot row gives the
// label form's loss: all other terms are zeros, and cost as much as terms that are not.
//
// Why it is safe: as in log_sum_exp, no exponential overflows and S >= 1; it also loses what
// log_sum_exp loses. exp((x_j - m) - log S) needs no division, and errs by the rounding of its
// argument.
//
// Error of a loss: as that of log_sum_exp. Error of p_j, relative, with E_exp the error of the C
// library in u, L that of log S, and d_j = m - x_j:
//
//   u (d_j + L + (d_j + l) + E_exp),   l = log S
//
// Proof: docs/error_bounds.md, lemmas 15 to 18 (the textbook forms).
//
// Source: Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions",
// IMA J. Numer. Anal. 41 (2021), on softmax without a division; the form of
// tf.nn.softmax_cross_entropy_with_logits.

#include <cmath>
#include <limits>

#include <xent/implementation.hpp>

#include "impl/bounds/finite_domain.hpp"
#include "impl/bounds/mapped_in.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/bounds/textbook_bounds.hpp"
#include "impl/rows/row_kernel.hpp"

namespace xent::impl {
namespace {

/// log p_j of a row as a function of x_j: call it with a logit of the row.
template <class A>
struct LogSoftmax {
  A m = -std::numeric_limits<A>::infinity();
  A log_sum = 0;  // log S
  A operator()(A x) const { return (x - m) - log_sum; }
};

/// Returns m and log S of the row, in the type A of the arithmetic.
template <class A, class Row>
LogSoftmax<A> log_softmax(Row x) {
  LogSoftmax<A> l;
  for (std::ptrdiff_t j = 0; j < x.size; ++j)
    if (x[j] > l.m) l.m = x[j];
  A sum = 0;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) sum += std::exp(x[j] - l.m);
  l.log_sum = std::log(sum);
  return l;
}

/// Computes the row against dense coefficients and a z-loss, and returns the loss times w.
/// `for_each_c(f)` calls f(j, c_j) for every class.
template <class T, class Row, class ForEach>
ScaledPair dense_row(Row x, ForEach for_each_c, ZLoss z_loss, double w, Pair scale,
                     const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const LogSoftmax<A> log_p = log_softmax<A>(x);
  A loss = 0;
  A mass = 0;
  for_each_c([&](std::ptrdiff_t j, A c_j) {
    loss += c_j == 0 ? A{0} : c_j * -log_p(x[j]);  // 0 times +inf would be NaN
    mass += c_j;
  });
  mass += 0 * mass;  // NaN where a coefficient is infinite
  const Pair lse = put_lse(out, lse_of(log_p.m, log_p.log_sum));
  const A mass_and_z = mass + z_loss.template mass_in<A>(lse);
  if (out.g.data != nullptr)
    for_each_c([&](std::ptrdiff_t j, A c_j) {
      const A p = std::exp(log_p(x[j]));
      put_component(out, x, j, p * mass_and_z - c_j, scale);
    });
  // a row without a finite maximum has no loss, also where every c_j is 0
  return z_loss.added(weighted(loss + 0 * log_p.log_sum + 0 * mass, w), lse);
}

template <class T>
ScaledPair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                     const RowOutputs<T>& out) {
  const auto one_hot_row = [&](auto f) {
    for (std::ptrdiff_t j = 0; j < x.size; ++j) f(j, static_cast<LossOf<T>>(j == y));
  };
  return dense_row<T>(x, one_hot_row, ZLoss(0), w, scale, out);
}

template <class T, class Row>
ScaledPair soft_row(Row x, const Coefficients<T>& c, Pair scale, const RowOutputs<T>& out) {
  const auto rounded_row = [&](auto f) {
    c.for_each([&](std::ptrdiff_t j, Pair c_j) { f(j, narrowed<LossOf<T>>(c_j)); });
  };
  return dense_row<T>(x, rounded_row, c.z_loss(), 1, scale, out);
}

/// p_j is exp of a rounded log p_j: its relative error is the absolute one of log p_j (the
/// roundings of x_j - m and of the difference, and the error of log S), and that of exp.
template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  const double log_p = g.distance + row.tail;
  const double argument = g.distance + shifted_log_error<T>(row) + log_p;
  return textbook_gradient<T>(row, g, argument + LibmErrors<T>::exp);
}

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  return {.kernel = rowwise_kernel<T, label_row<T>, soft_row<T, VectorView<const T>>,
                                   soft_row<T, MappedLogits<T, A>>>,
          .tier = Tier::stable,
          .domain = finite_domain<A>(),
          .offers = everything,
          .loss_bound = shifted_loss_bound<A>,
          .lse_bound = shifted_lse_bound<A>,
          .grad_bound = rounded_once<T, grad_bound<A>>,
          .mapping = mapped_in<A>(),
          .forward = {.reads = 3, .exponentials = 1},
          .forward_and_gradient = {.reads = 4, .exponentials = 2},
          .reproducible = true};
}

constexpr Unclaimed unclaimed[] = {
    {"no_lost_loss", "the 1 of the maximum in S absorbs what is below u"},
};

}  // namespace

extern const Implementation one_hot{
    .name = "one_hot",
    .summary = "dense targets against log-softmax: reads a matrix as large as the logits",
    .source = "Blanchard, Higham & Higham 2021",
    XENT_CONTRACTS.unclaimed = unclaimed,
};

}  // namespace xent::impl
