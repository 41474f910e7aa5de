// SPDX-License-Identifier: MIT
// Log-sum-exp shifted by the maximum: what PyTorch and TensorFlow compute. With m = max x,
//
//   S = sum_j exp(x_j - m)
//   labels: loss = log S - (x_y - m)              gradient = exp(x_j - m) / S - [j = y]
//   soft:   loss = sum_j c_j (log S - (x_j - m))  gradient = exp(x_j - m) / S sum_k c_k - c_j
//
// No exponential overflows, and S >= 1, so the loss is never negative. But S holds the 1 of the
// maximum: what the other classes add below u is lost, and with it every loss below u; p_y - 1
// loses the same.
//
// Error: u (C + 2 + log C + ...) absolute. Proof: docs/error_bounds.md, "The textbook forms".
//
// Source: Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions",
// IMA J. Numer. Anal. 41 (2021); the form of torch.nn.functional.cross_entropy.

#include <cmath>
#include <limits>

#include <xent/implementation.hpp>

#include "impl/rounded_once.hpp"
#include "impl/rowwise.hpp"
#include "impl/textbook_bounds.hpp"

namespace xent::impl {
namespace {

template <class A>
struct ShiftedSum {
  A m = -std::numeric_limits<A>::infinity();
  A sum = 0;
};

template <class T>
ShiftedSum<LossOf<T>> shifted_sum(VectorView<const T> x) {
  ShiftedSum<LossOf<T>> s;
  for (std::ptrdiff_t j = 0; j < x.size; ++j)
    if (x[j] > s.m) s.m = x[j];
  for (std::ptrdiff_t j = 0; j < x.size; ++j) s.sum += std::exp(x[j] - s.m);
  return s;
}

template <class T>
Pair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
               const RowOutputs<T>& out) {
  using A = LossOf<T>;  // the type of the arithmetic
  const ShiftedSum<A> s = shifted_sum(x);
  const A log_sum = std::log(s.sum);
  const A loss = log_sum - (x[y] - s.m);
  for (std::ptrdiff_t j = 0; j < out.g.size; ++j) {
    const A p = std::exp(x[j] - s.m) / s.sum;
    out.g[j] = static_cast<T>((p - static_cast<A>(j == y)) * static_cast<A>(scale.hi));
  }
  put_lse(out, s.m, log_sum);
  return weighted(loss, w);
}

template <class T>
Pair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
              const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const ShiftedSum<A> s = shifted_sum(x);
  const A log_sum = std::log(s.sum);
  A loss = 0;
  A mass = 0;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const A c_j = narrowed<A>(exact);
    if (c_j == 0) return;  // 0 (-inf) is 0
    loss += c_j * (log_sum - (x[j] - s.m));
    mass += c_j;
  });
  mass += 0 * mass;  // NaN where a coefficient is infinite
  if (out.g.data != nullptr)
    c.for_each([&](std::ptrdiff_t j, Pair c_j) {
      const A p = std::exp(x[j] - s.m) / s.sum;
      out.g[j] = static_cast<T>((p * mass - narrowed<A>(c_j)) * static_cast<A>(scale.hi));
    });
  // a row without a finite maximum has no loss, also where every c_j is 0
  put_lse(out, s.m, log_sum);
  return weighted(loss + 0 * s.sum + 0 * mass, 1);
}

template <class T>
constexpr Contract<T> contract() {
  using A = LossOf<T>;
  return {.kernel = rowwise_kernel<T, label_row<T>, soft_row<T>>,
          .tier = Tier::stable,
          .domain = textbook_domain<A>(),
          .offers = everything,
          .loss_bound = shifted_loss_bound<A>,
          .lse_bound = shifted_lse_bound<A>,
          .grad_bound = rounded_once<T, shifted_gradient_bound<A>>,
          .forward = {.reads = 2, .exponentials = 1},
          .forward_and_gradient = {.reads = 3, .exponentials = 2}};
}

constexpr Unclaimed unclaimed[] = {
    {"no_lost_loss", "the 1 of the maximum in S absorbs what is below u"},
};

}  // namespace

extern const Implementation log_sum_exp{
    .name = "log_sum_exp",
    .summary = "shifted by the maximum: never overflows, loses the loss of confident rows",
    .source = "Blanchard, Higham & Higham 2021",
    .f32 = contract<float>(),
    .f64 = contract<double>(),
    .bf16 = contract<xent::bf16>(),
    .f16 = contract<xent::f16>(),
    .unclaimed = unclaimed,
};

}  // namespace xent::impl
