// SPDX-License-Identifier: MIT
// The label form, accurately: against labels it reads x_y alone of the targets' classes, where the
// one-hot form reads all. With a one argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R),   t = scale / (1 + R)
//   labels: loss = (m - x_y) + l,    g_j = t exp(x_j - m),   g_y = -t sum_{j != y} exp(x_j - m)
//   soft:   loss = sum_j c_j (m - x_j) + l sum_j c_j,        g_j as in impl/rows/soft_gradient.hpp
//
// Why it is safe: nothing cancels and the maximum's 1 stays outside the sum, so the loss is
// relatively accurate at every size. The rounding of x_j - m is kept (two-sum) and multiplied in.
// The exponential is the C library's in T (f32 for 16-bit logits). Sums, and what follows from
// them, are pairs of doubles, and terms are scaled by 2^256 so that none that counts underflows.
//
// Error:
//
//             loss               gradient
//   f32       0.51 ulp + 1.01 u  0.6 ulp + 2.02 u
//   f64       0.51 ulp + 1.11 u  2.1 ulp + 2.21 u
//
// Proof: docs/error_bounds.md, lemmas 36 and 37 (sparse: loss; sparse: gradient).
//
// Source: Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions",
// IMA J. Numer. Anal. 41 (2021): log1p, the maximum excluded.

#include <cstddef>

#include <xent/implementation.hpp>

#include "impl/bounds/accurate_domain.hpp"
#include "impl/bounds/others_error.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/bounds/textbook_bounds.hpp"
#include "impl/rows/row_kernel.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/rows/scaled_term.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/rows/sparse_row.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/rows/wide/wide_soft_row.hpp"

namespace xent::impl {
namespace {

template <class T>
ScaledPair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                     const RowOutputs<T>& out) {
  const VectorView<T> g = out.g;
  const RowState state = sparse_row(x);
  if (!state.is_number()) return without_loss(out);
  const WholeRow row = with_top<T>(state);
  const ScaledPair l = log1p_tail<T>(row);
  put_lse(out, row.m, l);
  const ScaledPair loss = times(label_loss(row, l, x[y]), exactly(w));  // before g, which may be x
  if (g.data != nullptr) {
    const Pair t = div(scale, row.total());
    const Pair n_y = row.others(static_cast<double>(x[y]), scaled_term(x[y], row.m));  // g may be x
    for (std::ptrdiff_t j = 0; j < g.size; ++j) {
      const Pair e = scaled_term(x[j], row.m);
      const double correction = e.hi * t.lo + e.lo * t.hi;
      g[j] = static_cast<T>((e.hi * t.hi + correction) / tail_scale);
    }
    const Pair g_y = mul(t, n_y);
    g[y] = static_cast<T>(-(g_y.hi + g_y.lo) / tail_scale);
  }
  return loss;
}

template <class T>
ScaledPair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                    const RowOutputs<T>& out) {
  const RowState state = sparse_row(x);
  if (!state.is_number()) return without_loss(out);
  const WholeRow row = with_top<T>(state);
  const Coefficients<T> scaled = c.scaled();
  TargetSums sums = sparse_targets(x, scaled, row);
  if (may_be_huge<T>(sums)) sums = with_huge_gap(sums, x, scaled, row);
  const ScaledPair l = log1p_tail<T>(row);
  const Pair lse = put_lse(out, lse_of(row.m, l));
  if (out.g.data != nullptr) {
    const SoftGradient gradient = soft_gradient_of(row, scaled, lse, scale);
    scaled.for_each([&](std::ptrdiff_t j, Pair c_j) {
      out.g[j] = static_cast<T>(
          gradient.component(static_cast<double>(x[j]), scaled_term(x[j], row.m), c_j));
    });
  }
  return c.z_loss().added(soft_loss(l, sums), lse);
}

/// The relative error of R, in u: that of one exponential, and second-order terms.
template <class T>
constexpr double tail_error = LibmErrors<T>::exp + 0x1p-8;

template <class T>
ErrorBound loss_bound(const RowFacts&) noexcept {
  return {.ulp = 0.5 + 0x1p-8, .relative = tail_error<T>, .absolute = 0};
}

template <class T>
ErrorBound lse_bound(const RowFacts& row) noexcept {
  return loss_bound<T>(row);  // m + l has the terms |m| and l, as a loss has d_y and l
}

template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  // relative: exp and R; ulp: in f32 one rounding, in f64 three, those of the product, of the sum
  // with the correction, and to a subnormal result
  return {.ulp = sizeof(T) == 4 ? 0.6 : 2.1,
          .relative = 2 * tail_error<T>,
          .absolute = others_error<T>(row, g)};
}

template <class T>
constexpr Contract<T> contract() {
  return {
      .kernel =
          rowwise_kernel<T, label_row<T>, soft_row<T>, wide_soft_row<T, MappedLogits<T, Wide<T>>>>,
      .tier = Tier::accurate,
      .domain = accurate_domain<T>(),
      .offers = everything,
      .loss_bound = loss_bound<LossOf<T>>,
      .lse_bound = lse_bound<LossOf<T>>,
      .grad_bound = rounded_once<T, grad_bound<LossOf<T>>>,
      .mapping = mapped_in_wide_rows<T>(),
      .forward = {.reads = 2, .exponentials = 1},
      .forward_and_gradient = {.reads = 3, .exponentials = 2},
      .reproducible = true,
      .needs_long_double = sizeof(T) == 8};
}

}  // namespace

extern const Implementation sparse{
    .name = "sparse",
    .summary = "the label form, accurate: maximum excluded, log1p, no p - 1",
    .source = "Blanchard, Higham & Higham 2021",
    XENT_CONTRACTS};

}  // namespace xent::impl
