// SPDX-License-Identifier: MIT
// Computes the state of a row in one sweep over its memory, block by block. A wide row is cut into
// segments, whatever the number of threads, so its bits do not depend on that number.

#if defined(XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL
#undef XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL
#else
#define XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL
#endif

#include <algorithm>
#include <cstddef>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/parts-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Sweeps the long row x and returns the sweep. The loop over a row in place stands apart from that
/// over copies: with g++ it is up to a tenth faster than one loop over both.
template <class Exp, class T>
HWY_INLINE RowSweep<Exp> sweep_of(VectorView<const T> x) {
  RowSweep<Exp> sweep;
  const auto take_all = [&](auto read) {
    for (std::ptrdiff_t begin = 0; begin < x.size;) {
      const std::ptrdiff_t n = std::min(sweep.template at_a_time<T>(), x.size - begin);
      sweep.take(read(begin, n), n);
      begin += n;
    }
  };
  if constexpr (!BlockReader<T>::widens) {
    if (x.contiguous()) {
      take_all([&](std::ptrdiff_t begin, std::ptrdiff_t) { return x.data + begin; });
      return sweep;
    }
  }
  RowReader<T> reader(x);
  take_all([&](std::ptrdiff_t begin, std::ptrdiff_t n) { return reader.read(begin, n); });
  return sweep;
}

/// Returns the state of row x, which up to `threads` threads share where it is wide.
template <class Exp, class T>
HWY_INLINE RowState row_state(VectorView<const T> x, int threads) {
  return state_of_parts<T>(x.size, threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    return sweep_of<Exp>(part_of(x, begin, end)).state();
  });
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
