// SPDX-License-Identifier: MIT
// Sums what rows of few classes need against smoothed labels, with a row in each lane:
//
//   D = o sum_j (m - x_j) + kept (m - x_y),   Q = c_y + A_y
//
// with o = eps / C, the coefficient of all classes but the label's, kept = 1 - eps, c_y = kept + o and
// A_y = (C - 1) o.
//
// Error: docs/error_bounds.md, lemma 93 (smoothed labels in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_SUMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_SUMS_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_SUMS_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_SUMS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The coefficients that all rows of a group share.
struct SmoothedLabels {
  double kept, others, label, all_others;  // kept, o, c_y, A_y

  template <class T>
  explicit SmoothedLabels(const SoftGroup<T>& group)
      : kept(group.options->kept().hi),
        others(group.options->uniform().hi),
        label(kept + others),
        all_others(static_cast<double>(group.x.cols - 1) * others) {}
};

/// Writes the sums of the rows of one vector, from row `begin` of the group on, and their x_y.
template <class Exp, class T>
HWY_INLINE void sum_smoothed(const Columns<Exp>& columns, const SoftGroup<T>& group,
                             const SmoothedLabels& c, int begin, GroupState& rows, SoftSums& sums) {
  const Wide tag;
  constexpr std::size_t N = halves;
  WideVec m[N];
  WideVec distances[N];
  XENT_FOR_EACH_VECTOR(n) {
    m[n] = hn::Load(tag, rows.m + begin + half_at(n));
    distances[n] = hn::Zero(tag);
  }
  for (std::ptrdiff_t j = 0; j < group.x.cols; ++j) {
    XENT_FOR_EACH_VECTOR(n) {
      const WideVec x = columns.wide_elements(j, half_at(n));
      distances[n] = hn::Add(distances[n], hn::Sub(m[n], x));
    }
  }
  for (int k = 0; k < column_pitch; ++k)  // lanes without a row have any label
    rows.x_y[begin + k] = columns.element(begin + k < group.count ? group.y[begin + k] : 0, k);
  XENT_FOR_EACH_VECTOR(n) {
    const std::ptrdiff_t k = begin + half_at(n);
    const WideVec of_label = hn::Sub(m[n], hn::Load(tag, rows.x_y + k));
    const WideVec of_all = hn::Mul(hn::Set(tag, c.others), distances[n]);
    hn::Store(hn::MulAdd(hn::Set(tag, c.kept), of_label, of_all), tag, sums.gap + k);
    const WideVec mass = hn::Set(tag, c.label + c.all_others);
    hn::Store(mass, tag, sums.mass + k);
    hn::Store(mass, tag, sums.size + k);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
