// SPDX-License-Identifier: MIT
// Gives a row of f64 in blocks of mapped logits, as pairs, with their slopes
// (simd/math/pair_logit_map-inl.hpp). Several vectors are mapped together, since each is a long
// chain of operations.

#if defined(XENT_IMPL_SIMD_MAPPED_PAIR_MAPPED_READER_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_PAIR_MAPPED_READER_INL
#undef XENT_IMPL_SIMD_MAPPED_PAIR_MAPPED_READER_INL
#else
#define XENT_IMPL_SIMD_MAPPED_PAIR_MAPPED_READER_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/mapped/mapped_reader-inl.hpp"
#include "impl/simd/math/pair_logit_map-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A reader of blocks: read(), then z() and slope() of its vectors.
template <bool has_slopes>
class PairMappedReader {
 public:
  HWY_INLINE PairMappedReader(VectorView<const double> x, const PairLogitMap& map)
      : reader_(x), map_(&map), beyond_(map.is_beyond(hn::Zero(Wide()))) {}

  /// Maps elements [begin, begin + n).
  HWY_INLINE void read(std::ptrdiff_t begin, std::ptrdiff_t n) {
    for_each_two_vectors(reader_.read(begin, n), n,
                         [&](const auto& x, std::ptrdiff_t j) HWY_ATTR { put(x, j); });
  }

  /// Return z and the slopes of the vector that begins at element j of the block, a multiple of the
  /// number of lanes; the slopes where the map has a cap.
  HWY_INLINE WidePair z(std::ptrdiff_t j) const { return load_pair(hi_ + j, lo_ + j); }
  HWY_INLINE WidePair slope(std::ptrdiff_t j) const {
    return load_pair(slope_hi_ + j, slope_lo_ + j);
  }

  /// Tells whether an element that was read is beyond the range of the map.
  HWY_INLINE bool is_beyond() const { return !hn::AllFalse(Wide(), beyond_); }

 private:
  template <std::size_t N>
  HWY_INLINE void put(const WideVec (&x)[N], std::ptrdiff_t j) {
    WidePair z[N], slope[N];
    map_->map<has_slopes>(x, z, slope);
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t at = j + static_cast<std::ptrdiff_t>(n) * lanes(Wide());
      beyond_ = hn::Or(beyond_, map_->is_beyond(x[n]));
      store_pair(z[n], hi_ + at, lo_ + at);
      if (has_slopes && map_->has_cap()) store_pair(slope[n], slope_hi_ + at, slope_lo_ + at);
    }
  }

  static constexpr std::size_t slopes_alignment = has_slopes ? 64 : alignof(double);

  alignas(64) double hi_[block_size];
  alignas(64) double lo_[block_size];
  BlockReader<double> reader_;
  alignas(slopes_alignment) double slope_hi_[has_slopes ? block_size : 1];
  alignas(slopes_alignment) double slope_lo_[has_slopes ? block_size : 1];
  const PairLogitMap* map_;
  hn::Mask<Wide> beyond_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
