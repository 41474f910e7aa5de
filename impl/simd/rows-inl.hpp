// SPDX-License-Identifier: MIT
// The row functions in vectors, for a kind of exponential: the state of the row by blocks, what
// follows from it, the gradient.

#if defined(XENT_IMPL_SIMD_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROWS_INL
#undef XENT_IMPL_SIMD_ROWS_INL
#else
#define XENT_IMPL_SIMD_ROWS_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/row_functions.hpp"
#include "impl/row_loss.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/log1p-inl.hpp"
#include "impl/simd/row_state-inl.hpp"
#include "impl/simd/soft-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// l of a row.
template <class T>
HWY_INLINE ScaledPair log1p_of_tail(const WholeRow& row) {
  using One = hn::CappedTag<double, 1>;
  const One tag;
  const double size = row.tail.hi / row.top.hi;
  if constexpr (sizeof(T) < 8) {
    return {exactly(hn::GetLane(log1p(tag, hn::Set(tag, size))))};
  } else {
    if (size < 0x1p-80)  // R^2 / 2 is less than 2^-80 R
      return {div(row.tail, scale(row.top, 1 / tail_scale)), 1 / tail_scale};
    const Pair r = div(row.tail, row.top);
    const auto l = log1p_of_pair(tag, PairLanes<One>{hn::Set(tag, r.hi), hn::Set(tag, r.lo)});
    return {{hn::GetLane(l.hi), hn::GetLane(l.lo)}};
  }
}

/// Whether 2^31 terms raised to the least power are something in a loss or a gradient that is
/// multiplied by `factor`: f32 lanes do not reach low enough for the largest weights of f32.
template <class Exp>
HWY_INLINE bool is_too_large(double factor) {
  return std::is_same_v<typename Exp::Lane, float> && !(std::abs(factor) <= 0x1p64);
}

template <class Exp, class T>
HWY_INLINE Pair label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                          const RowOutputs<T>& out) {
  const bool too_large = is_too_large<Exp>(w) || is_too_large<Exp>(scale.hi);
  const RowState state = too_large ? row_state<WideExp>(x) : row_state<Exp>(x);
  if (!state.is_number()) return without_loss(out);
  const WholeRow row = with_top<T>(state);
  const T x_y = x[y];  // before the gradient, which may lie over x
  if (out.g.data != nullptr) label_gradient<Exp>(x, y, row, scale, out.g, out.streams);
  // last, so that the next row does not wait for the logarithm
  const ScaledPair l = log1p_of_tail<T>(row);
  put_lse(out, row.m, l);
  return unscaled(times(label_loss(row, l, x_y), exactly(w)));
}

template <class Exp, class T>
HWY_INLINE Pair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                         const RowOutputs<T>& out) {
  const Coefficients<T> lifted = c.lifted();
  RowState state = row_state<Exp>(x);
  if (!state.is_number()) return without_loss(out);
  TargetSums sums = target_sums(x, lifted, state.m);
  if (overflows_lifted(sums)) sums = target_sums(x, c, state.m);
  if (is_too_large<Exp>(sums.mass.hi) || is_too_large<Exp>(sums.mass.hi * scale.hi))
    state = row_state<WideExp>(x);
  const WholeRow row = with_top<T>(state);
  const ScaledPair l = log1p_of_tail<T>(row);
  put_lse(out, row.m, l);
  if (out.g.data != nullptr)
    soft_gradient<Exp>(x, lifted, soft_gradient_of(row, lifted, scale), out.g);
  return unscaled(soft_loss(l, sums));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
