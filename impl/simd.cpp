// SPDX-License-Identifier: MIT
// The label form in vectors, accurately, on the best instruction set of the machine. With a one
// argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R),   t = scale / (1 + R)
//   labels: loss = (m - x_y) + l,    g_j = t exp(x_j - m),   g_y = -t sum_{j != y} exp(x_j - m)
//   soft:   loss = sum_j c_j (m - x_j) + l sum_j c_j,        g_j as in impl/rows/soft_gradient.hpp
//
// The exponentials are computed from x itself, in a unit near exp(m) that is divided out in the end
// (simd/math/exp-inl.hpp), and summed in one sweep that leaves the maximum out
// (simd/reduce/row_sweep-inl.hpp): the loss reads memory once. Why it is safe: nothing cancels; the
// maximum's 1 stays outside the sum; no term that counts underflows.
//
// Error, on every instruction set:
//
//             loss                        gradient
//   f32       0.51 ulp + 2.45 u < 3 ulp   1 ulp + 3.95 u < 5 ulp
//   f64       0.51 ulp + 1.57 u           1 ulp + 3.16 u
//
// Against soft targets ulp and u are of the sum of the magnitudes of a result's terms: of a
// component those are t e_j A_j and t c_j n_j. Proof: docs/error_bounds.md, lemmas 59 to 61 (simd).
//
// Source: Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021): log1p, the maximum excluded;
// Milakov & Gimelshein, "Online normalizer calculation for softmax", arXiv:1805.02867, and Dukhan &
// Ablavatski, "The two-pass softmax algorithm", arXiv:2001.04438: the state.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "impl/simd.cpp"
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include <xent/implementation.hpp>

#include "impl/bounds/accurate_domain.hpp"
#include "impl/bounds/others_error.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/driver/rowwise.hpp"
#include "impl/rows/wide/wide_soft_row.hpp"
#include "impl/simd/dispatch.hpp"
#include "impl/simd/mapped/mapped_row-inl.hpp"
#include "impl/simd/rows-inl.hpp"
#include "impl/simd/soft/soft_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
template <class T>
using ExpOf = std::conditional_t<sizeof(T) == 8, F64Exp, F32Exp>;

#define XENT_ROWS(name, T) XENT_ROW_FUNCTIONS(simd, name, T, ExpOf<T>)
XENT_EACH_ELEMENT(XENT_ROWS)
#undef XENT_ROWS
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace xent::impl {
namespace {

#define XENT_KERNEL(name, T) XENT_ROW_KERNEL(simd, name, T)
XENT_EACH_ELEMENT(XENT_KERNEL)
#undef XENT_KERNEL

/// The relative error of l = log1p(R), in u. f32: that of one term and of the sum of two terms.
/// f64: that of one term, of changes of the origin and of the logarithm.
template <class T>
constexpr double tail_error = sizeof(T) == 4 ? 2.45 : 1.57;

template <class T>
ErrorBound loss_bound(const RowFacts&) noexcept {
  return {.ulp = 0.5 + 0x1p-8, .relative = tail_error<T>, .absolute = 0};
}

template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  return {.ulp = 1, .relative = sizeof(T) == 4 ? 3.95 : 3.16, .absolute = others_error<T>(row, g)};
}

template <class T>
constexpr Contract<T> contract() {
  return {.kernel = kernel_of(std::type_identity<T>()),
          .tier = Tier::accurate,
          .domain = accurate_domain<T>(),
          .offers = everything,
          .loss_bound = loss_bound<LossOf<T>>,
          .lse_bound = loss_bound<LossOf<T>>,
          .grad_bound = rounded_once<T, grad_bound<LossOf<T>>>,
          .mapping = mapped_in_wide_rows<T>(),
          .forward = {.reads = 1, .exponentials = 1},
          .forward_and_gradient = {.reads = 2, .exponentials = 2},
          .reproducible = true,
          .needs_long_double = sizeof(T) == 8};
}

}  // namespace

extern const Implementation simd{
    .name = "simd",
    .summary = "the label form in vectors, accurate, one read of memory",
    .source = "Blanchard, Higham & Higham 2021; Milakov & Gimelshein 2018",
    XENT_CONTRACTS.dispatched = true,
};

}  // namespace xent::impl
#endif  // HWY_ONCE
