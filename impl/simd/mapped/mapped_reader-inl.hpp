// SPDX-License-Identifier: MIT
// Reads a row of logits in blocks as a temperature and a softcap map them, in doubles, with the
// slopes of the softcap where they are wanted.

#if defined(XENT_IMPL_SIMD_MAPPED_MAPPED_READER_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_MAPPED_READER_INL
#undef XENT_IMPL_SIMD_MAPPED_MAPPED_READER_INL
#else
#define XENT_IMPL_SIMD_MAPPED_MAPPED_READER_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/math/logit_map-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Calls put(x, j) with the vectors x[2], or x[1] at the end, of the block p of n elements; x[0]
/// begins at element j, and lanes of the last vector without an element repeat another.
template <class A, class Put>
HWY_INLINE void for_each_two_vectors(const A* p, std::ptrdiff_t n, Put put) {
  const std::ptrdiff_t w = lanes(Wide());
  std::ptrdiff_t j = 0;
  for (; j + 2 * w <= n; j += 2 * w) {
    WideVec x[2] = {load_lanes<DoubleExp>(p + j), load_lanes<DoubleExp>(p + j + w)};
    put(x, j);
  }
  for (; j < n; j += w) {
    WideVec x[1] = {j + w <= n ? load_lanes<DoubleExp>(p + j)
                               : load_lanes_padded<DoubleExp>(p + j, n - j, p[j])};
    put(x, j);
  }
}

/// A reader as BlockReader is one (simd/lanes/blocks-inl.hpp). Its blocks are filled up to a whole
/// number of vectors.
template <class T, bool has_slopes>
class MappedReader {
 public:
  HWY_INLINE MappedReader(VectorView<const T> x, const LogitMap& map) : map_(&map), reader_(x) {}

  /// Returns the n mapped elements from `begin` on, which are valid until the next call.
  HWY_INLINE const double* read(std::ptrdiff_t begin, std::ptrdiff_t n) {
    for_each_two_vectors(reader_.read(begin, n), n,
                         [&](auto& x, std::ptrdiff_t j) HWY_ATTR { put(x, j); });
    return z_;
  }

  /// Returns the slopes of the elements that read() returned last.
  HWY_INLINE const double* slopes() const { return slopes_; }

 private:
  template <std::size_t N>
  HWY_INLINE void put(WideVec (&x)[N], std::ptrdiff_t j) {
    WideVec slope[N];
    map_->map<has_slopes>(x, slope);
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t at = j + static_cast<std::ptrdiff_t>(n) * lanes(Wide());
      hn::Store(x[n], Wide(), z_ + at);
      if constexpr (has_slopes) hn::Store(slope[n], Wide(), slopes_ + at);
    }
  }

  static constexpr std::size_t slopes_alignment = has_slopes ? 64 : alignof(double);

  alignas(slopes_alignment) double slopes_[has_slopes ? block_size : 1];
  const LogitMap* map_;
  BlockReader<T> reader_;
  alignas(64) double z_[block_size];
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
