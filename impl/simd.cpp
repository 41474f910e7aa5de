// SPDX-License-Identifier: MIT
// The label form in vectors, accurately, on the best instruction set of the machine. With a one
// argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R),   t = scale / (1 + R)
//   labels: loss = (m - x_y) + l,    g_j = t exp(x_j - m),   g_y = -t sum_{j != y} exp(x_j - m)
//   soft:   loss = sum_j c_j (m - x_j) + l sum_j c_j,        g_j as in impl/soft_gradient.hpp
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

#include "impl/accurate_domain.hpp"
#include "impl/rounded_once.hpp"
#include "impl/rowwise.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/row_state-inl.hpp"
#include "impl/simd/soft-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

template <class T>
HWY_INLINE Pair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                          const RowOutputs<T>& out) {
  const RowState row = row_state(x);
  if (!row.is_number()) return without_loss(out);
  const T x_y = x[y];  // before the gradient, which may lie over x
  if (out.g.data != nullptr) label_gradient(x, y, row, scale, out.g);
  // last, so that the next row does not wait for the logarithm
  const ScaledPair l = log1p_tail<T>(row);
  put_lse(out, row.m, l);
  return unscaled(times(label_loss(row, l, x_y), exactly(w)));
}

template <class T>
HWY_INLINE Pair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                         const RowOutputs<T>& out) {
  const RowState row = row_state(x);
  if (!row.is_number()) return without_loss(out);
  const Coefficients<T> lifted = c.lifted();
  TargetSums sums = target_sums(x, lifted, row.m);
  if (overflows_lifted(sums)) sums = target_sums(x, c, row.m);
  const ScaledPair l = log1p_tail<T>(row);
  put_lse(out, row.m, l);
  if (out.g.data != nullptr) soft_gradient(x, lifted, soft_gradient_of(row, lifted, scale), out.g);
  return unscaled(soft_loss(l, sums));
}

// One function for each element type, which the machine's instruction set is chosen for.
#define XENT_ROWS(T, name)                                                             \
  Pair label_row_##name(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale, \
                        const RowOutputs<T>& out) {                                    \
    return label_row<T>(x, y, w, scale, out);                                          \
  }                                                                                    \
  Pair soft_row_##name(VectorView<const T> x, const Coefficients<T>& c, Pair scale,    \
                       const RowOutputs<T>& out) {                                     \
    return soft_row<T>(x, c, scale, out);                                              \
  }
XENT_ROWS(float, f32)
XENT_ROWS(double, f64)
XENT_ROWS(bf16, bf16)
XENT_ROWS(f16, f16)
#undef XENT_ROWS

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace xent::impl {
namespace {

#define XENT_KERNEL(T, name)                                                                      \
  HWY_EXPORT(label_row_##name);                                                                   \
  HWY_EXPORT(soft_row_##name);                                                                    \
  void kernel_##name(const Problem<T>& problem, const Outputs<T>& out) noexcept {                 \
    rowwise<T>({&HWY_DYNAMIC_DISPATCH(label_row_##name), &HWY_DYNAMIC_DISPATCH(soft_row_##name)}, \
               problem, out);                                                                     \
  }
XENT_KERNEL(float, f32)
XENT_KERNEL(double, f64)
XENT_KERNEL(bf16, bf16)
XENT_KERNEL(f16, f16)
#undef XENT_KERNEL

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
ErrorBound lse_bound(const RowFacts&) noexcept {
  return {.ulp = 0.5 + 0x1p-8, .relative = tail_error<T>, .absolute = 0};
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
          .domain = accurate_domain<T>(),
          .offers = everything,
          .loss_bound = loss_bound<LossOf<T>>,
          .lse_bound = lse_bound<LossOf<T>>,
          .grad_bound = rounded_once<T, grad_bound<LossOf<T>>>,
          .forward = {.reads = sizeof(T) < 8 ? 1.0 : 2.0, .exponentials = 1},
          .forward_and_gradient = {.reads = sizeof(T) < 8 ? 2.0 : 3.0, .exponentials = 2}};
}

}  // namespace

extern const Implementation simd{
    .name = "simd",
    .summary = "the label form in vectors, accurate, one read of memory",
    .source = "Blanchard, Higham & Higham 2021; Milakov & Gimelshein 2018",
    .f32 = contract<float>(kernel_f32),
    .f64 = contract<double>(kernel_f64),
    .bf16 = contract<xent::bf16>(kernel_bf16),
    .f16 = contract<xent::f16>(kernel_f16),
    .dispatched = true,
};

}  // namespace xent::impl
#endif  // HWY_ONCE
