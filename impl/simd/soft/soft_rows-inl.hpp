// SPDX-License-Identifier: MIT
// Computes groups of rows against soft targets, by the way for their number of classes.

#if defined(XENT_IMPL_SIMD_SOFT_SOFT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SOFT_ROWS_INL
#undef XENT_IMPL_SIMD_SOFT_SOFT_ROWS_INL
#else
#define XENT_IMPL_SIMD_SOFT_SOFT_ROWS_INL
#endif

#include <type_traits>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/groups/contiguous_groups-inl.hpp"
#include "impl/simd/rows-inl.hpp"
#include "impl/simd/soft/doubles/short_double_soft_rows-inl.hpp"
#include "impl/simd/soft/medium_soft_rows-inl.hpp"
#include "impl/simd/soft/short_soft_rows-inl.hpp"
#include "impl/simd/soft/sparse/smoothed_rows-inl.hpp"
#include "impl/targets/row_options.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Calls f with two values of std::bool_constant: the arguments.
template <class F>
HWY_INLINE void with_constants(bool first, bool second, F f) {
  if (first && second) return f(std::true_type(), std::true_type());
  if (first) return f(std::true_type(), std::false_type());
  if (second) return f(std::false_type(), std::true_type());
  f(std::false_type(), std::false_type());
}

/// Computes the wanted rows of a group that are not computed together, by `row`, the function of
/// one (SoftRow of impl/driver/row_functions.hpp).
template <class T, class Row>
HWY_INLINE void each_soft_row(SoftGroup<T>& group, Row row) {
  // row_with_options is compiled for the baseline, where g++ 14 would put `row`, which is HWY_INLINE.
  const auto called = [row](VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                            const RowOutputs<T>& out) HWY_ATTR { return row(x, c, scale, out); };
  for (int k = 0; k < group.count; ++k)
    if (group.wants(k))
      group.put_loss(
          k, row_with_options<T>(called, group.x.row(group.first + k), group.probs(k),
                                 *group.options, group.v[k], group.scale, group.outputs(k)));
  group.wanted = 0;
}

/// Computes the wanted rows of a group of more classes than lanes take.
template <class Exp, class T>
HWY_NOINLINE void long_soft_rows(SoftGroup<T>& group) {
  if constexpr (sizeof(T) == 8)
    each_soft_row(group, soft_row<Exp, T>);
  else if (group.g.data == nullptr)
    medium_soft_rows<Exp, false>(group);
  else
    medium_soft_rows<Exp, true>(group);
}

/// Computes the wanted rows of the group and removes those that are done from `wanted`: those that
/// can be computed together, or each (SoftRows of impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE void soft_rows(SoftGroup<T>& group) {
  const bool has_gradient = group.g.data != nullptr;
  if (group.x.cols > lane_classes<T>) {
    with_contiguous_rows(group, [&]() HWY_ATTR { long_soft_rows<Exp>(group); });
  } else if constexpr (sizeof(T) == 8) {
    has_gradient ? short_double_soft_rows<Exp, true, false>(group)
                 : short_double_soft_rows<Exp, false, false>(group);
  } else if (are_smoothed_labels(group)) {
    has_gradient ? short_smoothed_rows<Exp, true>(group) : short_smoothed_rows<Exp, false>(group);
  } else {
    with_constants(group.options->keeps_probs(), has_gradient,
                   [&](auto is_plain, auto gradient) HWY_ATTR {
                     short_soft_rows<Exp, Columns<Exp>, is_plain.value, gradient.value>(group);
                   });
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
