// SPDX-License-Identifier: MIT
// The label form in vectors, to less than 1 ulp, on the best instruction set of the machine. With a
// one argmax of x and m = x_a,
//
//   R = sum_{j != a} exp(x_j - m),   l = log1p(R),   t = scale / (1 + R)
//   labels: loss = (m - x_y) + l,    g_j = t exp(x_j - m),   g_y = -t sum_{j != y} exp(x_j - m)
//   soft:   loss = sum_j c_j (m - x_j) + l sum_j c_j,        g_j as in impl/rows/soft_gradient.hpp
//
// Why it is safe: as simd, nothing cancels and no term that counts underflows. Each term is kept as
// a pair of numbers of the lanes, so that all errors before the one rounding of a result are below
// half an ulp of its size.
//
// Against labels the size is the result itself. Against soft targets a component is the difference
// of the terms t e_j A_j and t c_j n_j, and its size is their sum: where they nearly cancel, the
// error in ulp of the component grows as the component gets smaller. Terms in double lanes would
// err by 2^-28 u of the size, and take 1.4 to 1.65 times as long (docs/performance.md).
//
// Error, on every instruction set:
//
//             loss               gradient
//   f32       0.51 ulp + 0.25 u  0.51 ulp + 0.47 u
//   f64       0.51 ulp + 0.32 u  0.51 ulp + 0.49 u
//
// A component errs by a quarter of the least positive number more. Proof: docs/error_bounds.md,
// lemmas 62 and 63 (faithful in f32 and 16 bits; faithful in f64).
//
// Source: Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021): log1p, the maximum excluded;
// Milakov & Gimelshein, arXiv:1805.02867, and Dukhan & Ablavatski, arXiv:2001.04438: the state.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "impl/faithful.cpp"
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include <xent/implementation.hpp>

#include "impl/bounds/accurate_domain.hpp"
#include "impl/bounds/others_error.hpp"
#include "impl/bounds/rounded_once.hpp"
#include "impl/bounds/textbook_bounds.hpp"
#include "impl/driver/rowwise.hpp"
#include "impl/rows/wide/wide_soft_row.hpp"
#include "impl/simd/dispatch.hpp"
#include "impl/simd/mapped/mapped_row-inl.hpp"
#include "impl/simd/rows-inl.hpp"
#include "impl/simd/soft/soft_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
template <class T>
using ExpOf = std::conditional_t<sizeof(T) == 8, PairExp, F32PairExp>;

#define XENT_ROWS(name, T) XENT_ROW_FUNCTIONS(faithful, name, T, ExpOf<T>)
XENT_EACH_ELEMENT(XENT_ROWS)
#undef XENT_ROWS
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace xent::impl {
namespace {

#define XENT_KERNEL(name, T) XENT_ROW_KERNEL(faithful, name, T)
XENT_EACH_ELEMENT(XENT_KERNEL)
#undef XENT_KERNEL

/// The relative error of l = log1p(R), in u: that of R and that of the logarithm.
template <class T>
constexpr double tail_error = sizeof(T) == 4 ? 0.25 : 0.32;

template <class T>
ErrorBound loss_bound(const RowFacts&) noexcept {
  return {.ulp = 0.5 + 0x1p-8, .relative = tail_error<T>, .absolute = 0};
}

template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  // A subnormal component is rounded twice, the first time to a last place at most half as large.
  // The facts do not tell which components are subnormal, because coefficients may cancel: so every
  // bound has the 0.25.
  return {.ulp = 0.5 + 0x1p-8,
          .relative = sizeof(T) == 4 ? 0.47 : 0.49,
          .absolute = others_error<T>(row, g) + 0.25 * underflow<T>};
}

template <class T>
constexpr Contract<T> contract() {
  return {.kernel = kernel_of(std::type_identity<T>()),
          .tier = Tier::faithful,
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

extern const Implementation faithful{
    .name = "faithful",
    .summary =
        "in vectors of pairs, below 1 ulp: of the result; of soft targets' gradients, of their "
        "terms",
    .source = "Blanchard, Higham & Higham 2021; Dukhan & Ablavatski 2020",
    XENT_CONTRACTS.dispatched = true,
};

}  // namespace xent::impl
#endif  // HWY_ONCE
