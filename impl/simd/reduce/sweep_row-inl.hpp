// SPDX-License-Identifier: MIT
// The state of a row by blocks, in one sweep over its memory. A wide row is made of segments,
// whatever the number of threads: so its bits do not depend on it.

#if defined(XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL
#undef XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL
#else
#define XENT_IMPL_SIMD_REDUCE_SWEEP_ROW_INL
#endif

#include <algorithm>
#include <cstddef>

#include "impl/rows/row_state.hpp"
#include "impl/driver/segments.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Sweeps row x with a sweep that may have looked at it. A sweep chooses its units by how many
/// elements it takes at a time; so it takes as many of a row whose elements lie apart, which are
/// copied, as of one that is read in place, and their bits are the same.
template <class Exp, class T>
HWY_INLINE RowSweep<Exp> sweep_of(VectorView<const T> x, RowSweep<Exp> sweep) {
  constexpr bool widens = BlockReader<T>::widens;
  BlockReader<T, widens ? block_size : far_ahead<T>> reader(x);
  for (std::ptrdiff_t begin = 0; begin < x.size;) {
    const std::ptrdiff_t most = widens ? block_size : sweep.template ahead<T>();
    const std::ptrdiff_t n = std::min(most, x.size - begin);
    sweep.take(reader.read(begin, n), n);
    begin += n;
  }
  return sweep;
}

/// Sweeps row x, which is long. The loop over a row in place stands apart from that over copies:
/// with g++ it is up to a tenth faster than one loop over both. Of a sweep that has looked at its
/// row, for short rows, the one loop is faster.
template <class Exp, class T>
HWY_INLINE RowSweep<Exp> sweep_of(VectorView<const T> x) {
  constexpr bool widens = BlockReader<T>::widens;
  RowSweep<Exp> sweep;
  const auto take_all = [&](auto read) {
    for (std::ptrdiff_t begin = 0; begin < x.size;) {
      const std::ptrdiff_t most = widens ? block_size : sweep.template ahead<T>();
      const std::ptrdiff_t n = std::min(most, x.size - begin);
      sweep.take(read(begin, n), n);
      begin += n;
    }
  };
  if constexpr (!widens) {
    if (x.contiguous()) {
      take_all([&](std::ptrdiff_t begin, std::ptrdiff_t) { return x.data + begin; });
      return sweep;
    }
  }
  BlockReader<T, widens ? block_size : far_ahead<T>> reader(x);
  take_all([&](std::ptrdiff_t begin, std::ptrdiff_t n) { return reader.read(begin, n); });
  return sweep;
}

/// The state of a row from part(begin, end), which gives that of a part: a wide row is merged from
/// its segments.
template <class T, class Part>
HWY_INLINE auto state_of_parts(std::ptrdiff_t classes, int threads, Part part) {
  using State = decltype(part(classes, classes));
  if (classes < Sharing::least_split) return part(0, classes);
  State parts[most_segments];
  const Segments segments(classes, Sharing::split_grain);
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    parts[k] = part(begin, end);
  });
  State all = parts[0];
  for (std::ptrdiff_t k = 1; k < segments.count(); ++k) all = merged<LossOf<T>>(all, parts[k]);
  return all;
}

template <class Exp, class T>
HWY_INLINE RowState row_state(VectorView<const T> x, int threads) {
  return state_of_parts<T>(x.size, threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    return sweep_of<Exp>(part_of(x, begin, end)).state();
  });
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
