// SPDX-License-Identifier: MIT
// The state of a row by blocks, in one sweep over its memory. A wide row is made of segments,
// whatever the number of threads: so its bits do not depend on it.

#if defined(XENT_IMPL_SIMD_ROW_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROW_STATE_INL
#undef XENT_IMPL_SIMD_ROW_STATE_INL
#else
#define XENT_IMPL_SIMD_ROW_STATE_INL
#endif

#include "impl/row_state.hpp"
#include "impl/segments.hpp"
#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/row_sweep-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

template <class Exp, class T>
HWY_INLINE RowSweep<Exp> sweep_of(VectorView<const T> x, RowSweep<Exp> sweep = {}) {
  BlockReader<T> reader(x);
  for (std::ptrdiff_t begin = 0; begin < x.size; begin += block_size) {
    const std::ptrdiff_t n = std::min(block_size, x.size - begin);
    sweep.take(reader.read(begin, n), n);
  }
  return sweep;
}

template <class Exp, class T>
HWY_INLINE RowState row_state(VectorView<const T> x, int threads) {
  if (x.size < Sharing::least_split) return sweep_of<Exp>(x).state();
  RowState parts[most_segments];
  const Segments segments(x.size, Sharing::split_grain);
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    parts[k] = sweep_of<Exp>(part_of(x, begin, end)).state();
  });
  RowState row;
  for (std::ptrdiff_t k = 0; k < segments.count(); ++k) row = merged<LossOf<T>>(row, parts[k]);
  return row;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
