// SPDX-License-Identifier: MIT
// Gives a row as blocks of contiguous elements: in place where the row is contiguous and of a type
// that vectors load or store, else copied to or from a fixed buffer, and converted. A block of
// logits stays in the first-level cache between two passes over it.

#if defined(XENT_IMPL_SIMD_LANES_BLOCKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_BLOCKS_INL
#undef XENT_IMPL_SIMD_LANES_BLOCKS_INL
#else
#define XENT_IMPL_SIMD_LANES_BLOCKS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include <hwy/highway.h>

#include <xent/element.hpp>
#include <xent/view.hpp>

#include "impl/simd/lanes/conversions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// The most elements in a block.
inline constexpr std::ptrdiff_t block_size = 1024;

/// How many elements ahead a loop prefetches. 2 KiB is the usual distance, since more than 3 KB
/// were slower from DRAM (docs/performance.md); 16 KiB serves where a block is looked over before
/// it is taken.
template <class A>
inline constexpr std::ptrdiff_t near_ahead = 2048 / sizeof(A);
template <class A>
inline constexpr std::ptrdiff_t far_ahead = 16384 / sizeof(A);

/// Calls f(begin, n) for consecutive blocks of [0, size).
template <class F>
HWY_INLINE void for_each_block(std::ptrdiff_t size, F&& f) {
  for (std::ptrdiff_t begin = 0; begin < size; begin += block_size)
    f(begin, std::min(block_size, size - begin));
}

/// Returns elements [begin, end) of x.
template <class T>
HWY_INLINE VectorView<T> part_of(VectorView<T> x, std::ptrdiff_t begin, std::ptrdiff_t end) {
  return {x.data + begin * x.stride, end - begin, x.stride};
}

/// Reads a row in blocks of up to `most` elements, in the form that vectors load.
template <class T, std::ptrdiff_t most = block_size>
class BlockReader {
 public:
  /// The type that load_lanes() takes: f32, f64 and bf16 stay, other types are widened to float a
  /// block at a time.
  using Element = std::conditional_t<std::is_same_v<T, bf16>, T, LossOf<T>>;
  static constexpr bool widens = !std::is_same_v<Element, T>;

  explicit BlockReader(VectorView<const T> x) : x_(x) {}

  /// Returns elements [begin, begin + n), n <= most. They are valid until the next call.
  HWY_INLINE const Element* read(std::ptrdiff_t begin, std::ptrdiff_t n) {
    if (!x_.contiguous()) {
      for (std::ptrdiff_t j = 0; j < n; ++j) buffer_[j] = x_[begin + j];
      return buffer_;
    }
    if constexpr (widens) {
      widen(x_.data + begin, n, buffer_);
      return buffer_;
    } else {
      return x_.data + begin;
    }
  }

 private:
  VectorView<const T> x_;
  alignas(64) Element buffer_[static_cast<std::size_t>(most)];
};

/// Writes a row in blocks, which vectors store in the type of the arithmetic.
template <class T>
class BlockWriter {
  using A = LossOf<T>;

 public:
  explicit BlockWriter(VectorView<T> g) : g_(g) {}

  /// Returns where to store elements from `begin` on, up to block_size of them; then call
  /// written().
  HWY_INLINE A* block(std::ptrdiff_t begin) {
    if constexpr (std::is_same_v<A, T>)
      if (g_.contiguous()) return g_.data + begin;
    return buffer_;
  }
  /// Converts and copies the n stored elements to their places where they are not there yet.
  HWY_INLINE void written(std::ptrdiff_t begin, std::ptrdiff_t n) {
    if (!g_.contiguous()) {
      for (std::ptrdiff_t j = 0; j < n; ++j) g_[begin + j] = static_cast<T>(buffer_[j]);
      return;
    }
    if constexpr (!std::is_same_v<A, T>) narrow(buffer_, n, g_.data + begin);
  }

 private:
  VectorView<T> g_;
  alignas(64) A buffer_[block_size];
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
