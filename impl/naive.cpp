// SPDX-License-Identifier: MIT
// The definition as written:
//
//   lse = log sum_j exp(x_j)
//   labels: loss = lse - x_y                 gradient = exp(x_j) / S - [j = y]
//   soft:   loss = sum_j c_j (lse - x_j)     gradient = exp(x_j) / S sum_k c_k - c_j
//
// Safe only where exp neither overflows nor loses its last bits: |x| <= 77 in f32, 690 in f64.
// There lse - x_y cancels where the row is confident, and p_y - 1 does: both err by about u |lse|,
// not u times themselves.
//
// Error: u (C + 2 + |lse|) absolute. Proof: docs/error_bounds.md, "The textbook forms".
//
// Source: the textbook; for instance Goodfellow, Bengio & Courville, "Deep Learning", 2016,
// eq. 6.30.

#include <cmath>

#include <xent/implementation.hpp>

#include "impl/rowwise.hpp"
#include "impl/textbook_bounds.hpp"

namespace xent::impl {
namespace {

template <class T>
T sum_of_exp(VectorView<const T> x) {
  T sum = 0;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) sum += std::exp(x[j]);
  return sum;
}

template <class T>
RowResult label_row(VectorView<const T> x, std::ptrdiff_t y, Pair scale, VectorView<T> g) {
  const T sum = sum_of_exp(x);
  const T lse = std::log(sum);
  const T loss = lse - x[y];
  for (std::ptrdiff_t j = 0; j < g.size; ++j) {
    const T p = std::exp(x[j]) / sum;
    g[j] = (p - static_cast<T>(j == y)) * static_cast<T>(scale.hi);
  }
  return row_result<T>(loss, 0, lse);
}

template <class T>
RowResult soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale, VectorView<T> g) {
  const T sum = sum_of_exp(x);
  const T lse = std::log(sum);
  T loss = 0;
  T mass = 0;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const T c_j = narrowed<T>(exact);
    if (c_j == 0) return;  // 0 (-inf) is 0
    loss += c_j * (lse - x[j]);
    mass += c_j;
  });
  mass += 0 * mass;  // NaN where a coefficient is infinite
  if (g.data != nullptr)
    c.for_each([&](std::ptrdiff_t j, Pair c_j) {
      g[j] = (std::exp(x[j]) / sum * mass - narrowed<T>(c_j)) * static_cast<T>(scale.hi);
    });
  return row_result<T>(loss + 0 * mass, 0, lse);
}

/// Relative error of the sum of exponentials.
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

template <class T>
constexpr Contract<T> contract(double largest_logit) {
  Domain domain = textbook_domain<T>();
  domain.min_logit = -largest_logit;
  domain.max_logit = largest_logit;
  domain.max_classes = std::ptrdiff_t{1} << 16;
  domain.special = false;
  return {.kernel = rowwise_kernel<T, label_row<T>, soft_row<T>>,
          .tier = Tier::none,
          .domain = domain,
          .offers = everything,
          .loss_bound = loss_bound<T>,
          .lse_bound = lse_bound<T>,
          .grad_bound = grad_bound<T>,
          .forward = {.reads = 1, .exponentials = 1},
          .forward_and_gradient = {.reads = 2, .exponentials = 2}};
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
    .f32 = contract<float>(77),
    .f64 = contract<double>(690),
    .unclaimed = unclaimed,
};

}  // namespace xent::impl
