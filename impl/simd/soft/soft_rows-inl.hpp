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
#include "impl/simd/soft/doubles/short_double_soft_rows-inl.hpp"
#include "impl/simd/soft/medium_soft_rows-inl.hpp"
#include "impl/simd/soft/short_soft_rows-inl.hpp"

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

/// Computes the wanted rows of the group that can be computed together, in f64 of few classes, and
/// removes those that are done from `wanted` (SoftRows of impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE void soft_rows(SoftGroup<T>& group) {
  const bool has_gradient = group.g.data != nullptr;
  if constexpr (sizeof(T) == 8) {
    has_gradient ? short_double_soft_rows<Exp, true, false>(group)
                 : short_double_soft_rows<Exp, false, false>(group);
  } else {
    if (group.x.cols > short_row_classes)
      has_gradient ? medium_soft_rows<Exp, true>(group) : medium_soft_rows<Exp, false>(group);
    else
      with_constants(group.options->keeps_probs(), has_gradient,
                     [&](auto is_plain, auto gradient) HWY_ATTR {
                       short_soft_rows<Exp, Columns<Exp>, is_plain.value, gradient.value>(group);
                     });
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
