// SPDX-License-Identifier: MIT
// The coefficients of rows of few classes, one row in each lane:
//
//   c_j = w_j ((1 - eps) q_j + eps / C)
//
// Column j holds q_j of each row as a float, which is exact, whatever form the targets have; the
// coefficients are made in double lanes each time that they are read.
//
// Error, relative: 2^-51 for q_j >= 0. Proof: docs/error_bounds.md, lemma 6 (coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_TARGET_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_TARGET_COLUMNS_INL
#undef XENT_IMPL_SIMD_SOFT_TARGET_COLUMNS_INL
#else
#define XENT_IMPL_SIMD_SOFT_TARGET_COLUMNS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes q of rows begin, begin + 1, … of the group, a vector of them, to columns; lanes without a
/// row copy the first or have zeros.
template <class T>
HWY_INLINE void load_probs(const SoftGroup<T>& group, int begin, int count, LaneOf<T>* columns) {
  constexpr std::ptrdiff_t pitch = pitch_of<LaneOf<T>>;
  if (group.dense.data != nullptr) {
    (void)load_columns(group.dense, group.first + begin, count, columns);
    return;
  }
  std::fill_n(columns, group.x.cols * pitch, LaneOf<T>{0});
  for (int k = 0; k < count; ++k) {
    const RowProbs<T> q = group.probs(begin + k);
    if (q.label >= 0) columns[q.label * pitch + k] = 1;
    for (std::ptrdiff_t i = 0; i < q.classes.size; ++i)
      columns[q.classes[i] * pitch + k] = static_cast<LaneOf<T>>(q.few[i]);
  }
}

/// The columns of q, of the rows of one vector: load(), then at().
template <class T, std::ptrdiff_t most_classes>
class TargetColumns {
  using D = hn::ScalableTag<float>;

 public:
  HWY_INLINE TargetColumns() = default;  // named, or g++ compiles it for the baseline

  /// Copies q of rows begin, begin + 1, … of the group, a vector of them; lanes without a row copy
  /// the first or have zeros.
  HWY_INLINE void load(const SoftGroup<T>& group, int begin, int count) {
    size_ = group.x.cols;
    kept_ = group.options->kept().hi;
    uniform_ = group.options->uniform().hi;
    weight_ = group.options->weight();
    load_probs(group, begin, count, q_);
  }

  /// Returns the coefficients of column j of lanes k, k + 1, …
  template <bool is_plain>
  HWY_INLINE WideVec at(std::ptrdiff_t j, std::ptrdiff_t k) const {
    const WideVec q = load_lanes<WideExp>(q_ + j * column_pitch + k);
    if constexpr (is_plain) return q;
    const WideVec smoothed = hn::MulAdd(q, hn::Set(Wide(), kept_), hn::Set(Wide(), uniform_));
    if (weight_.data == nullptr) return smoothed;
    return hn::Mul(smoothed, hn::Set(Wide(), static_cast<double>(weight_[j])));
  }

  HWY_INLINE std::ptrdiff_t size() const { return size_; }

  /// Marks the elements of x that are the maxima of their rows, for is_maximum(); x still holds
  /// them.
  template <class X>
  HWY_INLINE void mark_maxima(const X& x) {
    x.mark_maxima(is_maximum_);
  }

  /// Tells in lanes k, k + 1, … whether element j was the maximum of its row.
  HWY_INLINE auto is_maximum(std::ptrdiff_t j, std::ptrdiff_t k) const {
    return wide_mask(is_maximum_[j] >> k);
  }

  /// Returns a bit mask of the lanes that have a q below 0.
  std::uint64_t negative_lanes() const {
    auto least = hn::Zero(D());
    for (std::ptrdiff_t j = 0; j < size_; ++j)
      least = hn::Min(least, hn::Load(D(), q_ + j * column_pitch));
    return mask_bits(D(), hn::Lt(least, hn::Zero(D())));
  }

 private:
  alignas(64) float q_[static_cast<std::size_t>(most_classes * column_pitch)];
  std::uint64_t
      is_maximum_[static_cast<std::size_t>(most_classes)];  // of a column, bit k for lane k
  std::ptrdiff_t size_;
  double kept_, uniform_;
  VectorView<const T> weight_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
