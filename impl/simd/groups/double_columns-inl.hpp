// SPDX-License-Identifier: MIT
// Rows of f64 of at most double_lane_classes elements, one in each lane of a vector of doubles:
// column j holds element j of each row, or the pair x_j - m where a temperature or a softcap maps
// it. With m = x_a the maximum of a row it computes
//
//   tail = 2^256 sum_{j != a} exp(x_j - m)     as a pair
//
// Why it is safe: x_j - m is a pair, exact where logits are not mapped, so that no row needs
// another unit, and the term of the maximum is 2^256. Of mapped logits a is the maximum before they
// are mapped: a term is above 1 by no more than the map errs.
//
// Error: that of a term (simd/math/exp_below-inl.hpp), and (384 x 2^-53)^2 of the sum. Proof:
// docs/error_bounds.md, lemma 87 (rows of f64 in lanes).
//
// More than 150 lines: one class, whose steps are called in order on the same arrays.

#if defined(XENT_IMPL_SIMD_GROUPS_DOUBLE_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_DOUBLE_COLUMNS_INL
#undef XENT_IMPL_SIMD_GROUPS_DOUBLE_COLUMNS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_DOUBLE_COLUMNS_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/group_size.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_below-inl.hpp"
#include "impl/simd/math/pair_logit_map-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The rows of one vector: load() and sum_terms(), in that order; then terms().
template <class Exp, bool is_mapped = false>
class DoubleColumns {
  static constexpr bool has_lows = Exp::in_pairs || is_mapped;

 public:
  static constexpr std::ptrdiff_t pitch = pitch_of<double>;

  HWY_INLINE DoubleColumns() = default;  // named, or g++ compiles it for the baseline

  /// Copies rows [first, first + count) of x; the other lanes copy row `first`. A NaN
  /// is passed over in maxima().
  HWY_INLINE void load(const MatrixView<const double>& x, std::ptrdiff_t first, int count) {
    size_ = x.cols;
    m_ = {load_columns(x, first, count, x_), hn::Zero(Wide())};
  }

  /// Maps the elements that load() has copied, and their maxima, and returns a bit mask of the
  /// lanes that have one beyond the range of the map.
  template <bool has_slopes>
  HWY_INLINE std::uint64_t map(const PairLogitMap& map, WidePair* slopes) {
    auto beyond = map.is_beyond(hn::Zero(Wide()));  // none
    m_ = map.map(m_.hi);
    std::ptrdiff_t j = 0;
    for (; j + 2 <= size_; j += 2) map_columns<has_slopes, 2>(map, j, beyond, slopes);
    if (j < size_) map_columns<has_slopes, 1>(map, j, beyond, slopes);
    return mask_bits(Wide(), beyond);
  }

  HWY_INLINE const WidePair& maxima() const { return m_; }

  /// Returns the tails. With `keeps_terms` the terms take the places of the elements.
  template <bool keeps_terms>
  HWY_INLINE WidePair sum_terms() {
    Sums sums{hn::Zero(Wide()), hn::Zero(Wide()), hn::Eq(m_.hi, m_.hi)};
    std::ptrdiff_t j = 0;
    for (; j + interleaved <= size_; j += interleaved)
      add_columns<keeps_terms, interleaved>(j, sums);
    for (; j + 2 <= size_; j += 2) add_columns<keeps_terms, 2>(j, sums);
    if (j < size_) add_columns<keeps_terms, 1>(j, sums);
    return fast_two_sum(Wide(), sums.hi, sums.lo);
  }

  /// Returns element j of a lane; before sum_terms().
  double element(std::ptrdiff_t j, int lane) const { return x_[j * pitch + lane]; }

  /// Returns the kept term of a lane, times 2^256.
  Pair term(std::ptrdiff_t j, int lane) const {
    return {x_[j * pitch + lane], Exp::in_pairs ? low_[j * pitch + lane] : 0};
  }

  /// Returns the kept terms of column j, times 2^256.
  HWY_INLINE WidePair terms(std::ptrdiff_t j) const {
    const WideVec low = Exp::in_pairs ? hn::Load(Wide(), at(low_, j)) : hn::Zero(Wide());
    return {hn::Load(Wide(), at(x_, j)), low};
  }

  /// Returns x_j - m of all lanes, a pair whose low part is NaN where the high one is infinite;
  /// before sum_terms().
  HWY_INLINE WidePair from_maxima(std::ptrdiff_t j) const {
    const WideVec x = hn::Load(Wide(), at(x_, j));
    if constexpr (is_mapped) return {x, hn::Load(Wide(), at(low_, j))};
    return two_difference(Wide(), x, m_.hi);
  }

  /// Tells in each lane whether x_j is the maximum, from its term e. An x_j so near to it that its
  /// term is the same number, or of a kind in pairs that m - x_j is below 2^-100, counts as it.
  HWY_INLINE hn::Mask<Wide> is_maximum(const WidePair& e) const {
    const auto equal = hn::Eq(e.hi, hn::Set(Wide(), tail_scale));
    if constexpr (!Exp::in_pairs) return equal;
    return hn::And(equal, hn::Lt(hn::Abs(e.lo), hn::Set(Wide(), tail_scale * 0x1p-100)));
  }

  /// Returns the kept terms of column j times t, a pair in each lane, times 2^256.
  HWY_INLINE WideVec products(std::ptrdiff_t j, const WidePair& t) const {
    const WideVec e = hn::Load(Wide(), at(x_, j));
    if constexpr (Exp::in_pairs) {
      const WidePair product = two_prod(Wide(), e, t.hi);
      const WideVec low = hn::MulAdd(hn::Load(Wide(), at(low_, j)), t.hi, product.lo);
      return hn::Add(product.hi, hn::MulAdd(e, t.lo, low));
    } else {
      return hn::MulAdd(e, t.hi, hn::Mul(e, t.lo));
    }
  }

 private:
  /// The sum so far, hi + lo. It leaves out the first maximum of each lane, which is_left marks as
  /// still to come.
  struct Sums {
    WideVec hi, lo;
    hn::Mask<Wide> is_left;
  };

  /// Returns where column j begins.
  template <class Array>
  static HWY_INLINE auto* at(Array& columns, std::ptrdiff_t j) {
    return columns + j * pitch;
  }

  /// Maps N columns from j on.
  template <bool has_slopes, std::size_t N>
  HWY_INLINE void map_columns(const PairLogitMap& map, std::ptrdiff_t j, hn::Mask<Wide>& beyond,
                              WidePair* slopes) {
    WideVec x[N];
    WidePair z[N], slope[N];
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Load(Wide(), at(x_, j + static_cast<std::ptrdiff_t>(n)));
    map.map<has_slopes>(x, z, slope);
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t i = j + static_cast<std::ptrdiff_t>(n);
      beyond = hn::Or(beyond, map.is_beyond(x[n]));
      store_pair(subtract_loosely(z[n], m_), at(x_, i), at(low_, i));
      if (has_slopes && map.has_cap()) slopes[i] = slope[n];
    }
  }

  /// Adds the terms of N columns from j on.
  template <bool keeps_terms, std::size_t N>
  HWY_INLINE void add_columns(std::ptrdiff_t j, Sums& sums) {
    WideVec d[N], low[N];
    hn::Mask<Wide> held[N];
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t i = j + static_cast<std::ptrdiff_t>(n);
      const WidePair below = from_maxima(i);
      held[n] = hn::And(hn::Eq(below.hi, hn::Zero(Wide())), sums.is_left);
      sums.is_left = hn::AndNot(held[n], sums.is_left);
      d[n] = below.hi;
      low[n] = below.lo;
    }
    ExpBelow<Exp>().to_terms(d, low);
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t i = j + static_cast<std::ptrdiff_t>(n);
      if constexpr (keeps_terms) hn::Store(d[n], Wide(), at(x_, i));
      if constexpr (keeps_terms && Exp::in_pairs) hn::Store(low[n], Wide(), at(low_, i));
      add_exactly(sums.hi, sums.lo, hn::IfThenZeroElse(held[n], d[n]));
      if constexpr (Exp::in_pairs) sums.lo = hn::Add(sums.lo, hn::IfThenZeroElse(held[n], low[n]));
    }
  }

  alignas(64) double x_[double_lane_classes * pitch_of<double>];
  alignas(64) double low_[has_lows ? double_lane_classes * pitch_of<double> : 1];
  WidePair m_;
  std::ptrdiff_t size_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
