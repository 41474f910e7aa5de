// SPDX-License-Identifier: MIT
// Computes rows of at most short_row_classes classes against labels, with a row in each lane
// (simd/groups/columns-inl.hpp). In the unit of the row,
//
//   g_j = t exp(x_j),   t = w scale / (top + tail),   g_y = -t sum_{j != y} exp(x_j)
//
// The terms are floats; everything after them is computed in double, and a component is rounded
// once.
//
// Error: that of a term, and where a term is one float that of the sum of two terms; the steps in
// double err by 2^-50. Proof: docs/error_bounds.md, lemma 64 (rows in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_SHORT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_SHORT_ROWS_INL
#undef XENT_IMPL_SIMD_LABELS_SHORT_ROWS_INL
#else
#define XENT_IMPL_SIMD_LABELS_SHORT_ROWS_INL
#endif

#include <algorithm>
#include <bit>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/groups/plain_rows-inl.hpp"
#include "impl/simd/labels/group_losses-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes t of all rows of the group; it is 0 for those that are ignored, so that their gradients
/// are.
template <class T>
HWY_INLINE void find_factors(const GroupState& rows, const LabelGroup<T>& group, double* t) {
  const Wide tag;
  for (int k = 0; k < padded(group.count, lanes_together); k += static_cast<int>(lanes(tag))) {
    const WideVec total = hn::Add(hn::Load(tag, rows.top + k), hn::Load(tag, rows.tail + k));
    WideVec factor = hn::Set(tag, group.scale.hi);
    if (!group.is_uniform) factor = hn::Mul(hn::Load(tag, group.w + k), factor);
    hn::Store(hn::Div(factor, total), tag, t + k);
  }
  for (std::uint64_t left = group.ignored; left != 0; left &= left - 1)
    t[std::countr_zero(left)] = 0;
}

/// Returns t[k] times the terms of column j as they are stored, rounded to f32.
template <class Exp>
HWY_INLINE hn::Vec<hn::ScalableTag<float>> gradient_column(const Columns<Exp>& columns,
                                                           std::ptrdiff_t j, const double* t) {
  return of_halves([&](std::size_t n) HWY_ATTR {
    const std::ptrdiff_t k = half_at(n);
    return hn::DemoteTo(Narrow(), hn::Mul(columns.wide_terms(j, k), hn::Load(Wide(), t + k)));
  });
}

/// Writes the components g_y of rows begin, begin + 1, … of the group, a vector of them.
template <class Exp, class T>
HWY_INLINE void find_label_components(const Columns<Exp>& columns, const GroupState& rows,
                                      const LabelGroup<T>& group, int begin, const double* t,
                                      float* g_y) {
  const Wide tag;
  alignas(64) double e_y[column_pitch];
  const std::ptrdiff_t* y = group.y + begin;
  const int count = std::min(static_cast<int>(column_pitch), group.count - begin);
  for (int k = 0; k < count; ++k) e_y[k] = columns.term(y[k], k);
  for (int k = count; k < column_pitch; ++k) e_y[k] = 0;
  for (std::ptrdiff_t k = 0; k < column_pitch; k += lanes(tag)) {
    const WideVec others = others_of_label(rows, begin + k, hn::Load(tag, e_y + k));
    const WideVec g = hn::Mul(hn::Neg(hn::Load(tag, t + begin + k)), others);
    hn::StoreU(hn::DemoteTo(Narrow(), g), Narrow(), g_y + k);
  }
}

/// Writes the gradients of those of rows begin, begin + 1, … of the group, a vector of them, that
/// are in the bit mask `done`.
template <class Exp, class T>
HWY_INLINE void put_gradients(const Columns<Exp>& columns, const GroupState& rows,
                              const LabelGroup<T>& group, int begin, const double* t,
                              std::uint64_t done) {
  const int count = std::min(static_cast<int>(column_pitch), group.count - begin);
  const std::uint64_t here = done >> begin & ((std::uint64_t{1} << count) - 1);
  alignas(64) double factor[column_pitch];
  for (std::ptrdiff_t k = 0; k < column_pitch; k += lanes(Wide()))
    hn::Store(hn::Mul(hn::Load(Wide(), t + begin + k), hn::Set(Wide(), Columns<Exp>::unit)), Wide(),
              factor + k);
  alignas(64) float g_y[column_pitch];
  find_label_components(columns, rows, group, begin, t, g_y);
  const MatrixView<T> g = group.g;
  store_columns([&](std::ptrdiff_t j) HWY_ATTR { return gradient_column(columns, j, factor); }, g,
                group.first + begin, count, here);
  put_elements(g, group.first + begin, count, here & ~(group.ignored >> begin), group.y + begin,
               g_y);
}

/// Computes the wanted rows of the group, and removes those that are done from `wanted`; the others
/// need an origin, or have no loss.
template <class Exp, bool has_gradient, class T>
HWY_NOINLINE void short_rows(LabelGroup<T>& group) {
  constexpr int w = column_pitch;
  GroupState rows;
  Columns<Exp> columns[most_in_group / w];
  const MatrixView<const T> x = group.x;
  for (int begin = 0; begin < group.count; begin += w) {
    const int end = std::min(begin + w, group.count);
    columns[begin / w].load(x, group.first + begin, end - begin);
    for (int k = begin; k < end; ++k)
      rows.x_y[k] = x.inner == 1 ? static_cast<double>(x(group.first + k, group.y[k]))
                                 : columns[begin / w].element(group.y[k], k - begin);
  }
  const std::uint64_t left_out = put_all_maxima(columns, rows, group.count);
  for (int begin = 0; begin < group.count; begin += w)
    columns[begin / w].template sum_terms<has_gradient>(rows, begin);
  mark_left_out(left_out, rows);
  rows.pad(group.count);
  const std::uint64_t done = group.wanted & find_losses<Exp>(rows, group);
  group.wanted &= ~done;
  put_log_sum_exps(rows, group);
  if constexpr (has_gradient) {
    alignas(64) double t[most_in_group];
    find_factors(rows, group, t);
    for (int begin = 0; begin < group.count; begin += w)
      put_gradients(columns[begin / w], rows, group, begin, t, done);
    group.zeroed = group.ignored & done;
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
