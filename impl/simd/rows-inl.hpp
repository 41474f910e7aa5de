// SPDX-License-Identifier: MIT
// The row functions in vectors, for a kind of exponential: the state of the row by blocks, what
// follows from it, the gradient.

#if defined(XENT_IMPL_SIMD_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROWS_INL
#undef XENT_IMPL_SIMD_ROWS_INL
#else
#define XENT_IMPL_SIMD_ROWS_INL
#endif

#include <algorithm>
#include <cmath>

#include <hwy/highway.h>

#include "impl/label_group.hpp"
#include "impl/row_functions.hpp"
#include "impl/row_loss.hpp"
#include "impl/simd/columns-inl.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/log1p-inl.hpp"
#include "impl/simd/row_state-inl.hpp"
#include "impl/simd/soft-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// l of up to a vector of rows.
template <class T, class D>
HWY_INLINE void logs_in_lanes(D tag, const WholeRow* rows, int count, ScaledPair* logs) {
  HWY_ALIGN double a[hn::MaxLanes(tag)] = {};
  HWY_ALIGN double b[hn::MaxLanes(tag)] = {};
  for (int k = 0; k < count; ++k) {
    const Pair r =
        sizeof(T) < 8 ? Pair{rows[k].top.hi, rows[k].tail.hi} : div(rows[k].tail, rows[k].top);
    a[k] = r.hi;
    b[k] = r.lo;
  }
  if constexpr (sizeof(T) < 8) {
    hn::Store(log_of_quotient(tag, hn::Load(tag, a), hn::Load(tag, b)), tag, a);
    hn::Store(hn::Zero(tag), tag, b);
  } else {
    const auto l = log1p_of_pair(tag, PairLanes<D>{hn::Load(tag, a), hn::Load(tag, b)});
    hn::Store(l.hi, tag, a);
    hn::Store(l.lo, tag, b);
  }
  for (int k = 0; k < count; ++k) {
    logs[k] = {{a[k], b[k]}};
    if (sizeof(T) == 8 && is_tiny_tail(rows[k])) logs[k] = log1p_of_tiny_tail(rows[k]);
  }
}

/// l of the rows.
template <class T>
HWY_INLINE void log1p_of_tails(const WholeRow* rows, int count, ScaledPair* logs) {
  const Wide tag;
  if (count == 1) return logs_in_lanes<T>(hn::CappedTag<double, 1>(), rows, 1, logs);
  const int w = static_cast<int>(lanes(tag));
  for (int k = 0; k < count; k += w)
    logs_in_lanes<T>(tag, rows + k, std::min(w, count - k), logs + k);
}

/// Whether 2^31 terms raised to the least power are something in a loss or a gradient that is
/// multiplied by `factor`: f32 lanes do not reach low enough for the largest weights of f32.
template <class Exp>
HWY_INLINE bool is_too_large(double factor) {
  return std::is_same_v<typename Exp::Lane, float> && !(std::abs(factor) <= 0x1p64);
}

/// The terms of the maxima, in double lanes where the units have no origin.
template <class T>
HWY_INLINE void find_tops(WholeRow* rows, int count) {
  const Wide tag;
  const int w = static_cast<int>(lanes(tag));
  HWY_ALIGN double term[hn::MaxLanes(tag)];
  for (int first = 0; sizeof(T) < 8 && first < count; first += w) {
    const int n = std::min(w, count - first);
    for (int k = 0; k < w; ++k) term[k] = k < n ? rows[first + k].m : 0;
    WideVec e[1] = {hn::Load(tag, term)};
    ExpInUnit<F64Exp>({}, 0).to_terms<Reach::plain>(e);
    hn::Store(e[0], tag, term);
    for (int k = 0; k < n; ++k)
      rows[first + k].top = exactly(term[k] * power_of_2(256 - rows[first + k].unit.exponent));
  }
  for (int k = 0; k < count; ++k)
    if (sizeof(T) == 8 || rows[k].unit.origin != 0) rows[k] = with_top<T>(rows[k]);
}

/// The state where a factor is too large, too.
template <class Exp, class T>
HWY_INLINE RowState state_for(VectorView<const T> x, const BlockMax<Exp>& first, bool too_large,
                              int threads) {
  if (too_large) return row_state<WideExp>(x, first_max<WideExp>(x), threads);
  return row_state<Exp>(x, first, threads);
}

/// The rows of the group that are wanted, by blocks.
template <class Exp, class T>
HWY_NOINLINE void rows_by_blocks(LabelGroup<T>& group) {
  WholeRow rows[most_in_group];
  Pair scales[most_in_group];
  T x_y[most_in_group];
  BlockMax<Exp> first[most_in_group];
  for (int k = 0; k < group.count; ++k)
    if (group.wants(k)) first[k] = first_max<Exp>(group.x.row(group.first + k));
  for (int k = 0; k < group.count; ++k) {
    if (!group.wants(k)) continue;
    const VectorView<const T> x = group.x.row(group.first + k);
    scales[k] = group.w[k] == 1 ? group.scale : mul(group.scale, exactly(group.w[k]));
    const bool too_large = is_too_large<Exp>(group.w[k]) || is_too_large<Exp>(scales[k].hi);
    rows[k] = {state_for<Exp>(x, first[k], too_large, group.threads)};
    x_y[k] = x[group.y[k]];  // before the gradient, which may lie over x
  }
  find_tops<T>(rows, group.count);
  ScaledPair logs[most_in_group];
  log1p_of_tails<T>(rows, group.count, logs);
  for (int k = 0; k < group.count; ++k) {
    if (!group.wants(k)) continue;
    const RowOutputs<T> out = group.outputs(k);
    Pair loss;
    if (rows[k].is_number()) {
      if (out.g.data != nullptr)
        label_gradient<Exp>(group.x.row(group.first + k), group.y[k], rows[k], scales[k], out);
      put_lse(out, rows[k].m, logs[k]);
      loss = unscaled(times(label_loss<T>(rows[k], logs[k], x_y[k]), exactly(group.w[k])));
    } else {
      loss = without_loss(out);
    }
    group.loss_hi[k] = loss.hi;
    group.loss_lo[k] = loss.lo;
  }
}

/// The rows from row `begin` of the group on, at most a vector of them, in lanes. Those that are
/// done are wanted no more.
template <class Exp, bool has_gradient, class T>
HWY_INLINE void vector_by_columns(LabelGroup<T>& group, int begin, int count) {
  Columns<Exp> columns(group.x, group.first + begin, count);
  columns.template find_logarithms<has_gradient>();
  const std::uint64_t there = (std::uint64_t{1} << count) - 1;
  const std::uint64_t done = group.wanted >> begin & there & columns.ordinary();
  group.wanted &= ~(done << begin);
  for (int k = 0; k < count; ++k) {
    const double w = group.w[begin + k];
    group.loss_hi[begin + k] = w == 0 ? 0 : columns.loss(k, group.y[begin + k]) * w;
    group.loss_lo[begin + k] = 0;
  }
  if (group.lse.data != nullptr)
    for (int k = 0; k < count; ++k)
      group.lse[group.first + begin + k] = static_cast<LossOf<T>>(columns.log_sum_exp(k));
  if constexpr (has_gradient) {
    const std::ptrdiff_t first = group.first + begin;
    columns.put_gradient(group.w + begin, group.scale.hi, group.g, first, count, done);
    for (int k = 0; k < count; ++k) {
      const std::ptrdiff_t y = group.y[begin + k];
      if ((done >> k & 1) != 0)
        group.g(first + k, y) = static_cast<T>(columns.gradient_at_label(k, y));
    }
  }
}

template <class Exp, bool has_gradient, class T>
HWY_NOINLINE void rows_by_columns(LabelGroup<T>& group) {
  const int w = static_cast<int>(lanes(LaneTag<Exp>()));
  int begin = 0;
  for (; begin + w <= group.count; begin += w)
    vector_by_columns<Exp, has_gradient>(group, begin, w);
  if (begin < group.count) vector_by_columns<Exp, has_gradient>(group, begin, group.count - begin);
}

/// The wanted rows with a factor that is too large for lanes.
template <class Exp, class T>
HWY_INLINE std::uint64_t large_factors(const LabelGroup<T>& group) {
  const auto is_large = [&](double w) {
    return !(std::abs(w) <= Exp::largest_factor &&
             std::abs(w * group.scale.hi) <= Exp::largest_factor);
  };
  if (group.is_uniform) return is_large(1) ? group.wanted : 0;
  std::uint64_t large = 0;
  for (int k = 0; k < group.count; ++k) large |= std::uint64_t{is_large(group.w[k])} << k;
  return large & group.wanted;
}

template <class Exp, class T>
HWY_INLINE void label_rows(LabelGroup<T>& group) {
  if constexpr (std::is_same_v<typename Exp::Lane, float>) {
    const std::ptrdiff_t classes = group.x.cols;
    if (1 < classes && classes <= Columns<Exp>::most_classes) {
      const std::uint64_t large = large_factors<Exp>(group);
      group.wanted &= ~large;
      if (group.g.data == nullptr)
        rows_by_columns<Exp, false>(group);
      else
        rows_by_columns<Exp, true>(group);
      group.wanted |= large;
    }
  }
  if (group.wanted != 0) rows_by_blocks<Exp>(group);
}

template <class Exp, class T>
HWY_INLINE Pair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                         const RowOutputs<T>& out) {
  const Coefficients<T> lifted = c.lifted();
  const BlockMax<Exp> first = first_max<Exp>(x);
  RowState state = row_state<Exp>(x, first, out.threads);
  if (!state.is_number()) return without_loss(out);
  TargetSums sums = target_sums(x, lifted, state.m);
  if (overflows_lifted(sums)) sums = target_sums(x, c, state.m);
  if (is_too_large<Exp>(sums.mass.hi) || is_too_large<Exp>(sums.mass.hi * scale.hi))
    state = state_for<Exp>(x, first, true, out.threads);
  const WholeRow row = with_top<T>(state);
  ScaledPair l;
  log1p_of_tails<T>(&row, 1, &l);
  put_lse(out, row.m, l);
  if (out.g.data != nullptr)
    soft_gradient<Exp>(x, lifted, soft_gradient_of(row, lifted, scale), out.g);
  return unscaled(soft_loss(l, sums));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
