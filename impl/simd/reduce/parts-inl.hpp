// SPDX-License-Identifier: MIT
// Computes the state of a wide row from those of its parts, which threads may share. The parts
// depend on the number of classes alone, so the bits do not depend on the number of threads.

#if defined(XENT_IMPL_SIMD_REDUCE_PARTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_PARTS_INL
#undef XENT_IMPL_SIMD_REDUCE_PARTS_INL
#else
#define XENT_IMPL_SIMD_REDUCE_PARTS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include <xent/element.hpp>

#include "impl/driver/segments.hpp"
#include "impl/rows/row_state.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Returns the maximum of a row's state, or that of a state that holds one as `row`.
template <class State>
HWY_INLINE double maximum_of(const State& state) {
  if constexpr (requires { state.row; })
    return state.row.m;
  else
    return state.m;
}

/// Returns the state of a row of `classes` elements. part(begin, end) returns the state of a part.
/// A row of at least least_split classes is merged from its segments: first the one with the
/// largest maximum, so that each tail changes its origin at most once (lemma 30), then the others
/// in their order. Any other row is one part.
template <class T, class Part>
HWY_INLINE auto state_of_parts(std::ptrdiff_t classes, int threads, Part part) {
  using State = decltype(part(classes, classes));
  if (classes < Sharing::least_split) return part(0, classes);
  State parts[most_segments];
  const Segments segments(classes, Sharing::split_grain);
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    parts[k] = part(begin, end);
  });
  std::ptrdiff_t first = 0;
  for (std::ptrdiff_t k = 1; k < segments.count(); ++k)
    if (maximum_of(parts[k]) > maximum_of(parts[first])) first = k;
  State all = parts[first];
  for (std::ptrdiff_t k = 0; k < segments.count(); ++k)
    if (k != first) all = merged<LossOf<T>>(all, parts[k]);
  return all;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
