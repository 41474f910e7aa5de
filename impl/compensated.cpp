// SPDX-License-Identifier: MIT
// The accurate form in the elements' own arithmetic (f32 for 16-bit logits), never wider:
// compensated sums and double words do here what a wider type does in other implementations. With a
// one argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R)
//   labels: loss = (m - x_y) + l                        g_j = e_j / (1 + R),  g_y = -n_y / (1 + R)
//   soft:   loss = sum_j c_j (m - x_j) + l sum_j c_j    g_j = (e_j A_j - c_j n_j) / (1 + R)
//   e_j = exp(x_j - m),   A_j = sum_{k != j} c_k,   n_j = sum_{k != j} e_k
//
// Why it is safe: no term of a result cancels, and differences, sums and products are double words,
// whose error is of the order of u^2. Only the C library's exponential and logarithm err by about
// u.
//
// Error, for any number of classes in the domain:
//
//             loss               gradient
//   f32       0.51 ulp + 2.89 u  0.51 ulp + 2.04 u
//   f64       0.51 ulp + 3.12 u  0.51 ulp + 2.24 u
//
// Coefficients of both signs cancel in A_j and add scale p_j sum_{k != j} |c_k| 2^-6 u (f64: (2^-36
// + K 2^-59) u) to a component. Proof: docs/error_bounds.md, lemmas 38 to 40 (compensated).
//
// Source: Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021): log1p, the maximum excluded;
// for the sums impl/arithmetic/neumaier_sum.hpp.

#include <xent/implementation.hpp>

#include "impl/bounds/finite_domain.hpp"
#include "impl/bounds/mapped_in.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/rows/compensated_row.hpp"
#include "impl/rows/compensated_targets.hpp"
#include "impl/rows/row_kernel.hpp"

namespace xent::impl {
namespace {

template <class T>
ScaledPair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                     const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const CompensatedRow<A> row = compensated_row<A>(x);
  if (!row.is_number()) return without_loss(out);
  const ScaledLog<A> l = row.log();
  put_lse(out, static_cast<double>(row.m), l.pair());
  const ScaledPair loss = label_loss(row.m, A{x[y]}, l);  // before g, which may be x
  if (out.g.data != nullptr) {
    const DoubleWord<A> s = double_word_of<A>(scale);
    const DoubleWord<A> inverse = row.inverse();
    for (std::ptrdiff_t j = 0; j < x.size; ++j) {
      const DoubleWord<A> e_j = row.exp(x[j]);
      const DoubleWord<A> term = j == y ? -row.others(y, e_j) : e_j;
      out.g[j] = static_cast<T>(rounded_product(term * inverse, s));
    }
  }
  return times(loss, exactly(w));
}

template <class T, class Row>
ScaledPair soft_row(Row x, const Coefficients<T>& c, Pair scale, const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const CompensatedRow<A> row = compensated_row<A>(x);
  if (!row.is_number()) return without_loss(out);
  const ScaledLog<A> l = row.log();
  const Pair lse = put_lse(out, lse_of(static_cast<double>(row.m), l.pair()));
  CompensatedTargets<A> sums = compensated_targets(x, c, row.m);
  const ScaledPair loss = c.z_loss().added(soft_loss(sums, l), lse);
  if (c.z_loss().is_present()) sums.add_to_others(double_word_of<A>(c.z_loss().mass(lse)));
  if (out.g.data != nullptr) {
    const DoubleWord<A> inverse = row.inverse();
    c.for_each([&](std::ptrdiff_t j, Pair exact) {
      const DoubleWord<A> c_j = double_word_of<A>(exact);
      const DoubleWord<A> e_j = row.exp(x[j]);
      const DoubleWord<A> terms = e_j * sums.others(j, c_j) + -(c_j * row.others(j, e_j));
      put_component(out, x, j, terms * inverse, scale);
    });
  }
  return loss;
}

/// The relative error of the C library's log1p, in u. f32: the largest over every number from 0 to
/// 2^23, glibc 2.36. f64: less than 1 ulp, by the error analysis in its source.
template <class A>
constexpr double log1p_error = sizeof(A) == 4 ? 1.866 : 2;

/// The relative error of R, in u: that of one exponential, and second-order terms.
template <class A>
constexpr double tail_error = LibmErrors<A>::exp + 0x1p-6;

/// One rounding of a result to A, in ulp, with the slack of lemma 39.
constexpr double one_rounding = 0.5 + 0x1p-8;

template <class A>
ErrorBound lse_bound(const RowFacts&) noexcept {
  return {.ulp = one_rounding, .relative = tail_error<A> + log1p_error<A>};
}

template <class A>
ErrorBound loss_bound(const RowFacts& row) noexcept {
  const double of_a_term = underflow<A> * (3 + row.tail) + 2 * (underflow<A> * row.max_abs);
  const double lost_terms = row.classes * (2 * underflow<A> / static_cast<double>(term_scale<A>));
  ErrorBound bound = lse_bound<A>(row);  // |m| + l is like a loss of d_y + l
  bound.absolute = row.targets * of_a_term + row.target_mass * lost_terms;
  return bound;
}

/// Returns the error of A_j, in u of the sum of the magnitudes of its terms, where coefficients of
/// both signs cancel in it: that of a NeumaierSum of coefficients.
template <class A>
double sum_error(const RowFacts& row) noexcept {
  return sizeof(A) == 4 ? 0x1p-6 : 0x1p-36 + row.targets * 0x1p-59;
}

template <class A>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  const double lost = g.scale * (4 * row.target_mass + row.targets + 8) + 2;
  const double others = g.scale * g.p * g.others * sum_error<A>(row);
  return {
      .ulp = one_rounding, .relative = 2 * tail_error<A>, .absolute = others + lost * underflow<A>};
}

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  return {.kernel = rowwise_kernel<T, label_row<T>, soft_row<T, VectorView<const T>>,
                                   soft_row<T, MappedLogits<T, A>>>,
          .tier = Tier::stable,
          .domain = finite_domain<A>(),
          .offers = everything,
          .loss_bound = loss_bound<A>,
          .lse_bound = lse_bound<A>,
          .grad_bound = rounded_once<T, grad_bound<A>>,
          .mapping = mapped_in<A>(),
          .forward = {.reads = 2, .exponentials = 1},
          .forward_and_gradient = {.reads = 3, .exponentials = 2},
          .reproducible = true};
}

}  // namespace

extern const Implementation compensated{
    .name = "compensated",
    .summary = "the accurate form without a wider type: compensated sums, double words",
    .source = "Neumaier 1974; Blanchard, Higham & Higham 2021",
    XENT_CONTRACTS};

}  // namespace xent::impl
