// SPDX-License-Identifier: MIT
// Two passes without a maximum: exponentials cannot overflow where their exponents are kept apart.
// With exp(x_j) = e_j 2^(n_j), e_j in [2/3, 3/2],
//
//   first pass:    S 2^N = sum_j e_j 2^(n_j),   N = max n
//                  l_j = log(S / e_j) + (N - n_j) log 2      which is lse - x_j
//   second pass:   p_j = (e_j / S) 2^(n_j - N)
//
//   labels:        loss = l_y                 gradient = p_j - [j = y]
//   soft:          loss = sum_j c_j l_j       gradient = p_j sum_k c_k - c_j
//
// Why it is safe: a sum aligns the smaller exponent to the larger, so S is between 1/2 and 3/2 C.
// In l_j what is as large as the logits cancels exactly, because N and n_j are integers. The
// computed S is not below e_j 2^(n_j - N) either, so no loss is negative. What it loses: S holds
// the label's own term, so a loss below u is lost.
//
// Error of a loss against a label, for |x| <= 2^18 in f32 and 2^47 in f64: 3 u of itself, 1 ulp,
// and, to first order and with E_exp and E_log the errors of the C library in u
// (impl/bounds/textbook_bounds.hpp),
//
//   u (C + 2 E_exp + 1.04 + (E_log + 1) (1 + l)),   l = lse - max x
//
// in which the size of the logits is not. Proof: docs/error_bounds.md, lemmas 23 to 26 (two_pass).
//
// Source: Dukhan & Ablavatski, "Two-pass softmax algorithm", arXiv:2001.04438, 2020, which has the
// softmax; the form of the loss is ours.

#include <cmath>

#include <xent/implementation.hpp>

#include "impl/arithmetic/extended_exp.hpp"
#include "impl/bounds/finite_domain.hpp"
#include "impl/bounds/mapped_in.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/rows/extended_row.hpp"
#include "impl/rows/row_kernel.hpp"

namespace xent::impl {
namespace {

template <class T>
ScaledPair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                     const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const Extended<A> s = sum_of_exp<A>(x);
  const A loss = log_ratio(s, extended_exp(A{x[y]}));  // before g, which may be x
  for (std::ptrdiff_t j = 0; j < out.g.size; ++j) {
    const A p = ratio(extended_exp(A{x[j]}), s);
    out.g[j] = static_cast<T>((p - static_cast<A>(j == y)) * static_cast<A>(scale.hi));
  }
  if (out.lse != nullptr) put_lse(out, extended_lse(s));
  return weighted(loss, w);
}

template <class T, class Row>
ScaledPair soft_row(Row x, const Coefficients<T>& c, Pair scale, const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const Extended<A> s = sum_of_exp<A>(x);
  A loss = 0;
  A mass = 0;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const A c_j = narrowed<A>(exact);
    if (c_j == 0) return;  // 0 times +inf would be NaN; such a term is 0
    loss += c_j * log_ratio(s, extended_exp(A{x[j]}));
    mass += c_j;
  });
  mass += 0 * mass;  // NaN where a coefficient is infinite
  const Pair lse = put_lse(out, extended_lse(s));
  const A mass_and_z = mass + c.z_loss().template mass_in<A>(lse);
  if (out.g.data != nullptr)
    c.for_each([&](std::ptrdiff_t j, Pair c_j) {
      const A p = ratio(extended_exp(A{x[j]}), s);
      put_component(out, x, j, p * mass_and_z - narrowed<A>(c_j), scale);
    });
  // a row whose S is 0 or NaN has no loss, also where every c_j is 0
  return c.z_loss().added(weighted(loss + 0 * std::log(s.mantissa) + 0 * mass, 1), lse);
}

/// The relative error of e_j, in u: the error of its argument t_j, and that of exp.
template <class A>
constexpr double exp_error = 0.52 + LibmErrors<A>::exp;

/// The relative error of S, in u.
template <class A>
double sum_error(const RowFacts& row) {
  return gamma<A>(row.classes - 1 + exp_error<A>);
}

/// The absolute error, in u, of log(S / e_j), which is at most 1 + l, and of the sum of it and
/// (N - n_j) times the low part of log 2.
template <class A>
double log_error(const RowFacts& row) {
  const double quotient = sum_error<A>(row) + exp_error<A> + 1;
  return gamma<A>(quotient) + (LibmErrors<A>::log + 1) * (1 + row.tail);
}

template <class A>
ErrorBound loss_bound(const RowFacts& row) noexcept {
  return textbook_loss<A>(row, row.target_mass * log_error<A>(row));
}

template <class A>
ErrorBound lse_bound(const RowFacts& row) noexcept {
  return textbook_lse<A>(row, log_error<A>(row));
}

template <class A>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  return textbook_gradient<A>(row, g, exp_error<A> + sum_error<A>(row) + 1);
}

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  Domain domain = finite_domain<A>();
  domain.min_logit = -extended_limit<A>;
  domain.max_logit = extended_limit<A>;
  return {.kernel = rowwise_kernel<T, label_row<T>, soft_row<T, VectorView<const T>>,
                                   soft_row<T, MappedLogits<T, A>>>,
          .tier = Tier::stable,
          .domain = domain,
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
    {"no_lost_loss", "the label's own term in S absorbs what is below u"},
};

}  // namespace

extern const Implementation two_pass{
    .name = "two_pass",
    .summary = "no maximum: exponentials as mantissa and exponent, summed by alignment",
    .source = "Dukhan & Ablavatski 2020",
    XENT_CONTRACTS.unclaimed = unclaimed,
};

}  // namespace xent::impl
