// SPDX-License-Identifier: MIT
// Computes losses and gradients against labels from the states of rows. The terms of the maxima and
// the logarithms are computed for a vector of rows at a time.
//
// Error: docs/error_bounds.md, lemmas 28, 32, 56 and 57.

#if defined(XENT_IMPL_SIMD_LABELS_FINISH_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_FINISH_ROWS_INL
#undef XENT_IMPL_SIMD_LABELS_FINISH_ROWS_INL
#else
#define XENT_IMPL_SIMD_LABELS_FINISH_ROWS_INL
#endif

#include <algorithm>
#include <cmath>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/labels/label_gradient-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/log1p-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes l = log1p(R) of up to a vector of rows.
template <class T, class D>
HWY_INLINE void logs_in_lanes(D tag, const WholeRow* rows, int count, ScaledPair* logs) {
  HWY_ALIGN double a[hn::MaxLanes(tag)];
  HWY_ALIGN double b[hn::MaxLanes(tag)] = {};
  std::fill_n(a, hn::MaxLanes(tag), sizeof(T) < 8 ? 1 : 0);  // f32 divides by it: top; f64: R
  for (int k = 0; k < count; ++k) {
    if (sizeof(T) == 8 && is_tiny_tail(rows[k])) continue;
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

/// Writes l = log1p(R) of `count` rows, whose tops are set.
template <class T>
HWY_INLINE void log1p_of_tails(const WholeRow* rows, int count, ScaledPair* logs) {
  const Wide tag;
  if (count == 1) return logs_in_lanes<T>(hn::CappedTag<double, 1>(), rows, 1, logs);
  const int w = static_cast<int>(lanes(tag));
  for (int k = 0; k < count; k += w)
    logs_in_lanes<T>(tag, rows + k, std::min(w, count - k), logs + k);
}

/// Sets the terms of the maxima: for f32 and 16-bit logits in double lanes where the unit has no
/// origin, else by the C library. A row without a finite maximum, or that is not wanted, gets a
/// number that may be a divisor.
template <class T>
HWY_INLINE void find_tops(WholeRow* rows, int count) {
  const Wide tag;
  const int w = static_cast<int>(lanes(tag));
  HWY_ALIGN double term[hn::MaxLanes(tag)];
  HWY_ALIGN double exponent[hn::MaxLanes(tag)];
  for (int first = 0; sizeof(T) < 8 && first < count; first += w) {
    const int n = std::min(w, count - first);
    for (int k = 0; k < w; ++k) {
      const bool here =
          k < n && std::isfinite(rows[first + k].m) && rows[first + k].unit.origin == 0;
      term[k] = here ? rows[first + k].m : 0;
      exponent[k] = here ? rows[first + k].unit.exponent : 0;
    }
    WideVec e[1] = {hn::Load(tag, term)};
    ExpInUnit<F64Exp>(0, hn::Load(tag, exponent), tail_exponent).to_terms<Reach::any>(e);
    hn::Store(e[0], tag, term);
    for (int k = 0; k < n; ++k) rows[first + k].top = exactly(term[k]);
  }
  for (int k = 0; k < count; ++k) {
    if (!std::isfinite(rows[k].m))
      rows[k].top = exactly(tail_scale);
    else if (sizeof(T) == 8 || rows[k].unit.origin != 0)
      rows[k] = with_top<T>(rows[k]);
  }
}

/// Writes the losses, gradients and log-sum-exps of the wanted rows of the group, from their
/// states.
template <class Exp, class T>
HWY_INLINE void finish_rows(LabelGroup<T>& group, const RowState* states) {
  WholeRow rows[most_in_group];
  ScaledPair logs[most_in_group];
  for (int k = 0; k < group.count; ++k) rows[k] = {states[k]};
  find_tops<T>(rows, group.count);
  log1p_of_tails<T>(rows, group.count, logs);
  for (int k = 0; k < group.count; ++k) {
    if (!group.wants(k)) continue;
    const RowOutputs<T> out = group.outputs(k);
    ScaledPair loss;
    if (rows[k].is_number()) {
      const VectorView<const T> x = group.x.row(group.first + k);
      const T x_y = x[group.y[k]];  // before the gradient, which may lie over x
      loss = times(label_loss<T>(rows[k], logs[k], x_y), exactly(group.factor(k)));
      if (out.g.data != nullptr)
        label_gradient<Exp>(x, group.y[k], rows[k], group.scale_of(k), out);
      put_lse(out, rows[k].m, logs[k]);
    } else {
      loss = without_loss(out);
    }
    group.put_loss(k, loss);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
