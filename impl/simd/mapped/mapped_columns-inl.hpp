// SPDX-License-Identifier: MIT
// Rows of few logits of f32 or 16 bits as a temperature and a softcap map them, one in each
// lane, in double lanes: what simd/groups/columns-inl.hpp does in floats. With m the maximum of a
// mapped row z,
//
//   tail = 2^256 sum_{j != a} exp(z_j - m)
//
// Why it is safe: the unit of a row is exp(m), so that any maximum will do that is a number, and
// the term of the maximum is 2^256.
//
// Error: that of z (lemma 83), of a term (lemmas 50 and 52), and 640 x 2^-53 of the sum:
// docs/error_bounds.md, lemma 89 (mapped logits in lanes).
//
// More than 150 lines: one class, whose steps are called in order on the same arrays.

#if defined(XENT_IMPL_SIMD_MAPPED_MAPPED_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_MAPPED_COLUMNS_INL
#undef XENT_IMPL_SIMD_MAPPED_MAPPED_COLUMNS_INL
#else
#define XENT_IMPL_SIMD_MAPPED_MAPPED_COLUMNS_INL
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/math/logit_map-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The columns: load_rows(), put_maxima(), sum_terms(), in that order; then wide_terms() and
/// slope().
template <class Exp, bool has_slopes>
class MappedColumns {
  using Kind = std::conditional_t<Exp::in_pairs, F64Exp, WideExp>;

 public:
  static constexpr bool is_mapped = true;
  static constexpr std::ptrdiff_t most_classes = mapped_lane_classes;
  static constexpr int most_rows = most_mapped;
  static constexpr double unit = 1;  // of kept terms
  static constexpr double least_maximum = -0x1p1000;
  static constexpr double largest_maximum = 0x1p1000;

  HWY_INLINE MappedColumns() = default;  // named, or g++ compiles it for the baseline

  /// Maps rows [begin, begin + count) of the group; the other lanes copy row `begin`.
  template <class T>
  HWY_INLINE void load_rows(const SoftGroup<T>& group, int begin, int count) {
    alignas(64) float x[most_classes * column_pitch];
    size_ = group.x.cols;
    (void)load_columns(group.x, group.first + begin, count, x);
    const LogitMap map(group.options->problem_options());
    constexpr std::size_t N = halves;
    XENT_FOR_EACH_VECTOR(n) m_[n] = hn::Set(Wide(), minus_infinity<double>);
    for (std::ptrdiff_t j = 0; j < size_; ++j) {
      WideVec z[N], slope[N];
      XENT_FOR_EACH_VECTOR(n) z[n] = load_lanes<WideExp>(x + at(j, n));
      map.template map<has_slopes>(z, slope);
      XENT_FOR_EACH_VECTOR(n) {
        m_[n] = larger(m_[n], z[n]);
        hn::Store(z[n], Wide(), z_ + at(j, n));
        if constexpr (has_slopes) hn::Store(slope[n], Wide(), slopes_ + at(j, n));
      }
    }
  }

  /// Puts zeros in the places of a lane's elements and of its maximum. Call put_maxima() after it.
  void leave_out(int lane) {
    for (std::ptrdiff_t j = 0; j < size_; ++j) z_[j * column_pitch + lane] = 0;
    alignas(64) double m[hn::MaxLanes(Wide())];
    WideVec& of_half = m_[static_cast<std::size_t>(lane) / hn::MaxLanes(Wide())];
    hn::Store(of_half, Wide(), m);
    m[static_cast<std::size_t>(lane) % hn::MaxLanes(Wide())] = 0;
    of_half = hn::Load(Wide(), m);
  }

  /// Writes m of the lanes to entries `begin`, begin + 1, … of `rows`.
  HWY_INLINE void put_maxima(GroupState& rows, int begin) const {
    constexpr std::size_t N = halves;
    XENT_FOR_EACH_VECTOR(n) hn::Store(m_[n], Wide(), rows.m + begin + half_at(n));
  }

  /// Writes the tails of the lanes likewise. The terms take the places of the elements.
  template <bool keeps_terms>
  HWY_INLINE void sum_terms(GroupState& rows, int begin) {
    constexpr std::size_t N = halves;
    const ExpInUnit<Kind> exp(0, hn::Zero(Wide()), Kind::sum_scale);
    WideVec sum[N];
    hn::Mask<Wide> is_left[N];
    XENT_FOR_EACH_VECTOR(n) sum[n] = hn::Zero(Wide());
    XENT_FOR_EACH_VECTOR(n) is_left[n] = hn::Eq(m_[n], m_[n]);
    for (std::ptrdiff_t j = 0; j < size_; ++j) {
      WideVec e[N];
      hn::Mask<Wide> held[N];
      XENT_FOR_EACH_VECTOR(n) {
        const WideVec z = hn::Load(Wide(), z_ + at(j, n));
        held[n] = hn::And(hn::Eq(z, m_[n]), is_left[n]);
        is_left[n] = hn::AndNot(held[n], is_left[n]);
        e[n] = hn::Sub(z, m_[n]);
      }
      exp.template to_terms<Reach::any>(e);
      XENT_FOR_EACH_VECTOR(n) {
        if constexpr (keeps_terms) hn::Store(e[n], Wide(), z_ + at(j, n));
        sum[n] = hn::Add(sum[n], hn::IfThenZeroElse(held[n], e[n]));
      }
    }
    XENT_FOR_EACH_VECTOR(n) hn::Store(sum[n], Wide(), rows.tail + begin + half_at(n));
  }

  /// Returns element j of a lane, and of lanes k, k + 1, …; before sum_terms().
  double element(std::ptrdiff_t j, int lane) const { return z_[j * column_pitch + lane]; }
  HWY_INLINE WideVec wide_elements(std::ptrdiff_t j, std::ptrdiff_t k) const {
    return hn::Load(Wide(), z_ + j * column_pitch + k);
  }

  /// Writes which lanes of each column are the maxima of their rows, as a bit mask; before
  /// sum_terms().
  HWY_INLINE void mark_maxima(std::uint64_t* is_maximum) const {
    constexpr std::size_t N = halves;
    for (std::ptrdiff_t j = 0; j < size_; ++j) {
      is_maximum[j] = 0;
      XENT_FOR_EACH_VECTOR(n) {
        const auto mask = hn::Eq(hn::Load(Wide(), z_ + at(j, n)), m_[n]);
        is_maximum[j] |= mask_bits(Wide(), mask) << half_at(n);
      }
    }
  }

  /// Returns the kept terms of column j of lanes k, k + 1, …, times 2^256.
  HWY_INLINE WideVec wide_terms(std::ptrdiff_t j, std::ptrdiff_t k) const {
    return hn::Load(Wide(), z_ + j * column_pitch + k);
  }

  /// Returns the slopes of the softcap likewise.
  HWY_INLINE WideVec slope(std::ptrdiff_t j, std::ptrdiff_t k) const {
    return hn::Load(Wide(), slopes_ + j * column_pitch + k);
  }

 private:
  /// Returns the place of half n of column j.
  static constexpr std::ptrdiff_t at(std::ptrdiff_t j, std::size_t n) {
    return j * column_pitch + half_at(n);
  }

  alignas(64) double z_[most_classes * column_pitch];
  alignas(64) double slopes_[has_slopes ? most_classes * column_pitch : 1];
  WideVec m_[halves];
  std::ptrdiff_t size_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
