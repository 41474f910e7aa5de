// SPDX-License-Identifier: MIT
// The definition as written:
//
//   lse = log sum_j exp(x_j)
//   labels: loss = lse - x_y                 gradient = exp(x_j) / S - [j = y]
//   soft:   loss = sum_j c_j (lse - x_j)     gradient = exp(x_j) / S sum_k c_k - c_j
//
// It is safe only where no exponential and no sum of them overflows or is subnormal: for |x| <= 77
// in f32, 690 in f64, and C <= 2^16. There lse - x_y and p_y - 1 still cancel where the row is
// confident: the loss errs by about u |lse|, and the component by about u, not by u times
// themselves.
//
// Error of a loss against a label: 3 u of itself, 1 ulp, and, to first order and with E_exp and
// E_log the errors of the C library in u (impl/bounds/textbook_bounds.hpp),
//
//   u (C - 1 + E_exp + E_log (max |x| + l)),   l = lse - max x
//
// Proof: docs/error_bounds.md, lemmas 15 to 18 (the textbook forms).
//
// Source: the textbook; for instance Goodfellow, Bengio & Courville, "Deep Learning", 2016,
// eq. 6.30.

#include <cmath>

#include <xent/implementation.hpp>

#include "impl/bounds/mapped_in.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/bounds/textbook_bounds.hpp"
#include "impl/rows/row_kernel.hpp"

namespace xent::impl {
namespace {

/// Returns S = sum_j exp(x_j) of the row, in the type A of the arithmetic.
template <class A, class Row>
A sum_of_exp(Row x) {
  A sum = 0;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) sum += std::exp(A{x[j]});
  return sum;
}

template <class T>
ScaledPair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                     const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const A sum = sum_of_exp<A>(x);
  const A lse = std::log(sum);
  const A loss = lse - x[y];
  for (std::ptrdiff_t j = 0; j < out.g.size; ++j) {
    const A p = std::exp(A{x[j]}) / sum;
    out.g[j] = static_cast<T>((p - static_cast<A>(j == y)) * static_cast<A>(scale.hi));
  }
  put_lse(out, A{0}, lse);
  return weighted(loss, w);
}

template <class T, class Row>
ScaledPair soft_row(Row x, const Coefficients<T>& c, Pair scale, const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const A sum = sum_of_exp<A>(x);
  const A lse = std::log(sum);
  A loss = 0;
  A mass = 0;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const A c_j = narrowed<A>(exact);
    if (c_j == 0) return;  // 0 times +inf would be NaN; such a term is 0
    loss += c_j * (lse - x[j]);
    mass += c_j;
  });
  mass += 0 * mass;  // NaN where a coefficient is infinite
  const Pair exact_lse = put_lse(out, lse_of(A{0}, lse));
  const A mass_and_z = mass + c.z_loss().template mass_in<A>(exact_lse);
  if (out.g.data != nullptr)
    c.for_each([&](std::ptrdiff_t j, Pair c_j) {
      const A p = std::exp(A{x[j]}) / sum;
      put_component(out, x, j, p * mass_and_z - narrowed<A>(c_j), scale);
    });
  return c.z_loss().added(weighted(loss + 0 * mass, 1), exact_lse);
}

/// The relative error of the sum of exponentials, in u.
template <class T>
double sum_error(const RowFacts& row) {
  return gamma<T>(row.classes - 1 + LibmErrors<T>::exp);
}

template <class T>
ErrorBound loss_bound(const RowFacts& row) noexcept {
  const double lse = row.max_abs + row.tail;
  return textbook_loss<T>(
      row, row.target_mass * (gamma<T>(sum_error<T>(row)) + LibmErrors<T>::log * lse));
}

template <class T>
ErrorBound lse_bound(const RowFacts& row) noexcept {
  const double lse = row.max_abs + row.tail;
  return textbook_lse<T>(row, gamma<T>(sum_error<T>(row)) + LibmErrors<T>::log * lse);
}

template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  return textbook_gradient<T>(row, g, LibmErrors<T>::exp + gamma<T>(sum_error<T>(row)) + 1);
}

/// The largest logit whose exponential, times 2^16 classes, is a number of A.
template <class A>
constexpr double largest_logit = sizeof(A) == 4 ? 77 : 690;

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  Domain domain = textbook_domain<A>();
  domain.min_logit = -largest_logit<A>;
  domain.max_logit = largest_logit<A>;
  domain.max_classes = std::ptrdiff_t{1} << 16;
  domain.special = false;
  return {.kernel = rowwise_kernel<T, label_row<T>, soft_row<T, VectorView<const T>>,
                                   soft_row<T, MappedLogits<T, A>>>,
          .tier = Tier::none,
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
    {"loss_nonnegative", "log S - x_y cancels and may round below zero"},
    {"no_lost_loss", "log S - x_y is 0 where the row is confident"},
    {"ties", "log exp(x) - x need not be 0 for one class"},
};

}  // namespace

extern const Implementation naive{
    .name = "naive",
    .summary = "the definition as written: overflows, and cancels on confident rows",
    .source = "Goodfellow, Bengio & Courville 2016, eq. 6.30",
    XENT_CONTRACTS.unclaimed = unclaimed,
};

}  // namespace xent::impl
