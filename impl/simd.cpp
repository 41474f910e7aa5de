// SPDX-License-Identifier: MIT
// The label form in vectors, accurately, on the best instruction set of the machine. With a one
// argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R),   t = scale / (1 + R)
//   labels: loss = (m - x_y) + l,    g_j = t exp(x_j - m),   g_y = -t sum_{j != y} exp(x_j - m)
//   probs:  loss = sum_j q_j (m - x_j) + l sum_j q_j,        g_j as in impl/probs_gradient.hpp
//
// simd/exp-inl.hpp computes exp with the rounding of x - m mended, simd/row_state-inl.hpp sums by
// blocks: one read of memory in f32. Nothing cancels; the maximum's 1 stays outside the sum; no
// term underflows before the sum.
//
// Error, on every instruction set: f32 loss 2.45 u + 0.5 ulp < 3 ulp, gradient 3.995 u + 1 ulp
// < 5 ulp; f64 loss 2.01 u + 0.5 ulp, gradient 2.975 u + 2 ulp < 5 ulp. Proof:
// docs/error_bounds.md, "simd".
//
// Source: Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021): log1p, the maximum excluded;
// Milakov & Gimelshein, "Online normalizer calculation for softmax", arXiv:1805.02867: rescaling.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "impl/simd.cpp"
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <limits>

#include <hwy/highway.h>

#include <xent/implementation.hpp>

#include "impl/rowwise.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/probs-inl.hpp"
#include "impl/simd/row_state-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

template <class T>
HWY_INLINE Pair label_row(VectorView<const T> x, std::ptrdiff_t y, Pair scale, VectorView<T> g) {
  const RowState row = row_state(x);
  if (!row.is_number())
    fill_with_nan(g);
  else if (g.data != nullptr)
    label_gradient(x, y, row, scale, g);
  return label_loss(row, x[y]);
}

template <class T>
HWY_INLINE Pair probs_row(VectorView<const T> x, VectorView<const T> q, Pair scale,
                          VectorView<T> g) {
  const RowState row = row_state(x);
  if (!row.is_number()) {
    fill_with_nan(g);
    return probs_loss<T>(row, {}, {});
  }
  if (g.data != nullptr) probs_gradient(x, q, row, scale, g);
  const TargetSums sums = target_sums(x, q, row.m);
  return probs_loss<T>(row, sums.gap, sums.mass);
}

Pair label_row_f32(VectorView<const float> x, std::ptrdiff_t y, Pair scale, VectorView<float> g) {
  return label_row<float>(x, y, scale, g);
}
Pair label_row_f64(VectorView<const double> x, std::ptrdiff_t y, Pair scale, VectorView<double> g) {
  return label_row<double>(x, y, scale, g);
}
Pair probs_row_f32(VectorView<const float> x, VectorView<const float> q, Pair scale,
                   VectorView<float> g) {
  return probs_row<float>(x, q, scale, g);
}
Pair probs_row_f64(VectorView<const double> x, VectorView<const double> q, Pair scale,
                   VectorView<double> g) {
  return probs_row<double>(x, q, scale, g);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace xent::impl {
namespace {

HWY_EXPORT(label_row_f32);
HWY_EXPORT(label_row_f64);
HWY_EXPORT(probs_row_f32);
HWY_EXPORT(probs_row_f64);

void kernel_f32(const Problem<float>& problem, const Outputs<float>& out) noexcept {
  rowwise<float>({&HWY_DYNAMIC_DISPATCH(label_row_f32), &HWY_DYNAMIC_DISPATCH(probs_row_f32)},
                 problem, out);
}

void kernel_f64(const Problem<double>& problem, const Outputs<double>& out) noexcept {
  rowwise<double>({&HWY_DYNAMIC_DISPATCH(label_row_f64), &HWY_DYNAMIC_DISPATCH(probs_row_f64)},
                  problem, out);
}

/// Relative error of R, in u: of one term, and in f32 of the sum of two terms.
template <class T>
constexpr double tail_error = sizeof(T) == 4 ? 2.45 : 1.43;

template <class T>
ErrorBound loss_bound(const RowFacts& row) noexcept {
  // against probs in f64, each q_j (m - x_j) is rounded twice
  const double products = sizeof(T) == 8 && row.targets > 1 ? 2.01 : 0;
  return {.ulp = 0.5 + 0x1p-8, .relative = std::max(tail_error<T>, products), .absolute = 0};
}

template <class T>
ErrorBound grad_bound(const RowFacts&, const GradFacts&) noexcept {
  // against probs in f64, exp(x_j - m) is rounded to a subnormal number before the result is
  return {.ulp = sizeof(T) == 4 ? 1 : 2, .relative = tail_error<T> + 1.545, .absolute = 0};
}

template <class T>
constexpr Contract<T> contract(Kernel<T> kernel) {
  return {.kernel = kernel,
          .tier = Tier::accurate,
          .loss_bound = loss_bound<T>,
          .grad_bound = grad_bound<T>,
          .forward = {.reads = sizeof(T) == 4 ? 1.0 : 2.0, .exponentials = 1},
          .forward_and_gradient = {.reads = sizeof(T) == 4 ? 2.0 : 3.0, .exponentials = 2}};
}

}  // namespace

extern const Implementation simd{
    .name = "simd",
    .summary = "the label form in vectors, accurate, one read of memory",
    .source = "Blanchard, Higham & Higham 2021; Milakov & Gimelshein 2018",
    .f32 = contract<float>(kernel_f32),
    .f64 = contract<double>(kernel_f64),
    .dispatched = true,
};

}  // namespace xent::impl
#endif  // HWY_ONCE
