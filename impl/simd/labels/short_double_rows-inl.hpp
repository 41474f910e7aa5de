// SPDX-License-Identifier: MIT
// Computes rows of f64 of at most double_lane_classes classes against labels, a row in each lane
// (simd/groups/double_columns-inl.hpp): losses in simd/labels/double_losses-inl.hpp, gradients in
// simd/labels/double_gradient-inl.hpp.
//
// Why it is safe: rows that have no loss, or whose loss is near the end of the range of double, are
// left to the functions of one row. So are, by the caller, rows whose factor is too large for
// clamped terms to be negligible, or so small that a product might leave the normal numbers.
//
// Error: docs/error_bounds.md, lemma 87 (rows of f64 in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL
#undef XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL
#else
#define XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/simd/groups/double_columns-inl.hpp"
#include "impl/simd/groups/double_rows-inl.hpp"
#include "impl/simd/labels/double_gradient-inl.hpp"
#include "impl/simd/labels/double_losses-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The rows of a group, and the columns of up to most_swept of them, whose ends are computed
/// together.
template <class Exp, bool has_gradient>
class ShortDoubleRows {
  static constexpr int w = DoubleColumns<Exp>::pitch;

 public:
  HWY_INLINE ShortDoubleRows() = default;  // named, or g++ compiles it for the baseline

  /// Writes the results of rows [first, last) of the group but for tiny losses and log-sum-exps,
  /// and returns a bit mask of those that are done.
  HWY_INLINE std::uint64_t compute(LabelGroup<double>& group, int first, int last) {
    std::uint64_t done = 0;
    for (int k = first; k < last; k += w) sum(group, k, std::min(w, last - k), columns_at(k));
    for (int k = first; k < last; k += w) done |= put_pair_losses(rows_, k, group);
    done &= group.wanted;
    if constexpr (has_gradient) {
      for (int k = first; k < last; k += w) {
        const std::uint64_t all = (std::uint64_t{1} << std::min(w, last - k)) - 1;
        const WidePair t = pair_factors(rows_, group, k);
        put_gradients(columns_at(k), rows_, group, k, t, done >> k & all);
      }
    }
    return done;
  }

  const DoubleRows& rows() const { return rows_; }

 private:
  DoubleColumns<Exp>& columns_at(int k) { return columns_[has_gradient ? k % most_swept / w : 0]; }

  HWY_INLINE void sum(const LabelGroup<double>& group, int begin, int count,
                      DoubleColumns<Exp>& here) {
    here.load(group.x, group.first + begin, count);
    hn::Store(here.maxima().hi, Wide(), rows_.m + begin);
    for (int k = 0; k < w; ++k)  // lanes without a row have a loss, so that nothing overflows
      rows_.x_y[begin + k] = k < count ? here.element(group.y[begin + k], k) : rows_.m[begin];
    store_pair(here.template sum_terms<has_gradient>(), rows_.tail_hi + begin,
               rows_.tail_lo + begin);
  }

  DoubleRows rows_;
  DoubleColumns<Exp> columns_[has_gradient ? most_swept / hn::MaxLanes(Wide()) : 1];
};

/// Computes the wanted rows of the group, and removes those that are done from `wanted`.
template <class Exp, bool has_gradient>
HWY_NOINLINE void short_double_rows(LabelGroup<double>& group) {
  ShortDoubleRows<Exp, has_gradient> all;
  std::uint64_t done = 0;
  for (int first = 0; first < group.count; first += most_swept)
    done |= all.compute(group, first, std::min(first + most_swept, group.count));
  put_tiny_losses(all.rows(), group, done);
  group.wanted &= ~done;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
