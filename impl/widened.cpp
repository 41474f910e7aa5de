// SPDX-License-Identifier: MIT
// The accurate form in the next wider type W, rounded once: f32 and 16-bit logits in double, f64 in
// long double. With a one argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R)
//   labels: loss = (m - x_y) + l                        g_j = e_j / (1 + R),  g_y = -n_y / (1 + R)
//   soft:   loss = sum_j c_j (m - x_j) + l sum_j c_j    g_j = (e_j A_j - c_j n_j) / (1 + R)
//   e_j = exp(x_j - m),   A_j = sum_{k != j} c_k,   n_j = sum_{k != j} e_k
//
// Why it is safe: nothing cancels, so before its one rounding a number errs by a few times the unit
// roundoff of W, 2^-53 or 2^-64: the result is one of the two neighbours of the exact value. W has
// the range, too: what underflows in it could not change a result. Sums are pairwise, because a
// recursive sum of C terms of 64 bits would err by C / 2048 u of f64.
//
// Against soft targets the error is in terms of a component's size, the sum of the magnitudes of
// t e_j A_j and t c_j n_j. In f32 the component itself errs by less than 1 ulp where it is at least
// 2^-21 of its size, for up to 2^17 classes and coefficients of one sign; in f64 where it is at
// least 2^-3 of it.
//
// Error: 0.5 ulp, and
//
//             loss                           gradient
//   f32       2^-29 (28 + 2 log2(1 + C)) u   2^-29 (36 + 2 log2(1 + C)) u
//   f64       2^-11 (28 + 2 log2(1 + C)) u   2^-11 (36 + 2 log2(1 + C)) u
//
// Proof: docs/error_bounds.md, lemmas 41 to 44 (widened).
//
// Source: Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions",
// IMA J. Numer. Anal. 41 (2021): log1p, the maximum excluded.

#include <cmath>
#include <limits>

#include <xent/implementation.hpp>

#include "impl/bounds/accurate_domain.hpp"
#include "impl/bounds/mapped_in.hpp"
#include "impl/rows/row_kernel.hpp"
#include "impl/rows/wide/wide_row.hpp"
#include "impl/rows/wide/wide_soft_row.hpp"

namespace xent::impl {
namespace {

template <class T>
ScaledPair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                     const RowOutputs<T>& out) {
  using W = Wide<T>;
  const WideRow<W> row = wide_row<W>(x);
  if (!row.is_number()) return without_loss(out);
  const W l = std::log1p(row.tail);
  put_lse(out, static_cast<double>(row.m), ScaledPair{pair_of(l)});
  const W loss = w == 0 ? W{0} : w * ((row.m - W{x[y]}) + l);  // before g, which may be x
  if (out.g.data != nullptr) {
    const W t = wide_of<W>(scale) / (1 + row.tail);
    const W g_y = -(t * row.others(y, row.exp(x[y])));
    for (std::ptrdiff_t j = 0; j < x.size; ++j)
      out.g[j] = static_cast<T>(j == y ? g_y : t * row.exp(x[j]));
  }
  return scaled_pair_of(loss);
}

/// The unit roundoff of W over that of T.
template <class T>
constexpr double wide_unit = static_cast<double>(std::numeric_limits<Wide<T>>::epsilon()) /
                             2 / unit_roundoff<T>;

/// The most roundings that a term takes part in, in a pairwise sum over a row.
double roundings(const RowFacts& row) { return 1 + std::log2(1 + row.classes); }

/// The one rounding at the end, in ulp; the 2^-20 holds what underflows in W, which is far below
/// half an ulp of a subnormal result.
constexpr double one_rounding = 0.5 + 0x1p-20;

template <class T>
ErrorBound loss_bound(const RowFacts& row) noexcept {
  return {.ulp = one_rounding, .relative = (26 + 2 * roundings(row)) * wide_unit<T>};
}

template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  return {.ulp = one_rounding,
          .relative = (34 + 2 * roundings(row)) * wide_unit<T>,
          .absolute = g.scale * g.p * g.others * (8 + roundings(row)) * wide_unit<T>};
}

template <class T>
constexpr Contract<T> contract() {
  return {.kernel = rowwise_kernel<T, label_row<T>, wide_soft_row<T, VectorView<const T>>,
                                   wide_soft_row<T, MappedLogits<T, Wide<T>>>>,
          .tier = Tier::faithful,
          .domain = accurate_domain<T>(),
          .offers = everything,
          .loss_bound = loss_bound<LossOf<T>>,
          .lse_bound = loss_bound<LossOf<T>>,  // m + l has the terms |m| and l
          .grad_bound = grad_bound<T>,
          .mapping = mapped_in<Wide<T>>(),
          .forward = {.reads = 2, .exponentials = 1},
          .forward_and_gradient = {.reads = 3, .exponentials = 2},
          .reproducible = true,
          .needs_long_double = sizeof(T) == 8};
}

}  // namespace

extern const Implementation widened{
    .name = "widened",
    .summary = "the accurate form in the next wider type, rounded once: faithful",
    .source = "Blanchard, Higham & Higham 2021",
    XENT_CONTRACTS};

}  // namespace xent::impl
