// SPDX-License-Identifier: MIT
// Computes the gradients of rows of few classes against smoothed labels, with a row in each lane:
//
//   g_j = t (e_j (Q + z) - o sum_k e_k),   g_y = t (e_y (A_y + z) - c_y n_y)
//
// with the numbers of simd/soft/sparse/smoothed_sums-inl.hpp, t = v scale / sum_k e_k, z of
// impl/targets/z_loss.hpp and n_y of impl/rows/soft_gradient.hpp. The terms e_j are floats;
// everything after them is computed in double, and a component is rounded once.
//
// Error: docs/error_bounds.md, lemma 93 (smoothed labels in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_GRADIENT_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_GRADIENT_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/group_soft_losses-inl.hpp"
#include "impl/simd/soft/sparse/smoothed_sums-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The gradients of the rows of one vector, from row `begin` of the group on.
template <class Exp>
class SmoothedGradient {
  static constexpr std::size_t N = halves;

 public:
  HWY_INLINE SmoothedGradient(const Columns<Exp>& columns, const GroupState& rows,
                              const RowFactors& factors, const SmoothedLabels& c, double z_of_1,
                              int begin)
      : columns_(&columns) {
    const Wide tag;
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t k = begin + half_at(n);
      const WideVec t = hn::Load(tag, factors.t + k);
      const WideVec z = hn::Mul(hn::Set(tag, z_of_1), hn::Load(tag, factors.lse + k));
      const WideVec tail = hn::Load(tag, rows.tail + k);
      const WideVec total = hn::Add(hn::Load(tag, rows.top + k), tail);
      const WideVec mass = hn::Add(hn::Set(tag, c.label + c.all_others), z);
      of_terms_[n] = hn::Mul(hn::Mul(t, mass), hn::Set(tag, Columns<Exp>::unit));
      shift_[n] = hn::Mul(hn::Mul(t, total), hn::Set(tag, c.others));
    }
  }

  /// Returns component j of the rows.
  HWY_INLINE hn::Vec<hn::ScalableTag<float>> operator()(std::ptrdiff_t j) const {
    return of_halves([&](std::size_t n) HWY_ATTR { return component(j, n); });
  }

 private:
  HWY_INLINE NarrowVec component(std::ptrdiff_t j, std::size_t n) const {
    const WideVec e = columns_->wide_terms(j, half_at(n));
    return hn::DemoteTo(Narrow(), hn::MulSub(e, of_terms_[n], shift_[n]));
  }

  const Columns<Exp>* columns_;
  WideVec of_terms_[N], shift_[N];  // t (Q + z), t o sum_k e_k
};

/// Writes the components g_y of the rows of one vector, from row `begin` of the group on.
template <class Exp, class T>
HWY_INLINE void find_smoothed_components(const Columns<Exp>& columns, const GroupState& rows,
                                         const RowFactors& factors, const SoftGroup<T>& group,
                                         const SmoothedLabels& c, int begin, float* g_y) {
  const Wide tag;
  constexpr std::size_t N = halves;
  const double z_of_1 = 2 * group.options->problem_options().z_loss;
  alignas(64) double e_y[column_pitch];
  for (int k = 0; k < column_pitch; ++k)
    e_y[k] = columns.term(begin + k < group.count ? group.y[begin + k] : 0, k);
  XENT_FOR_EACH_VECTOR(n) {
    const std::ptrdiff_t k = begin + half_at(n);
    const WideVec e = hn::Load(tag, e_y + half_at(n));
    const WideVec z = hn::Mul(hn::Set(tag, z_of_1), hn::Load(tag, factors.lse + k));
    const WideVec of_term = hn::Mul(e, hn::Add(hn::Set(tag, c.all_others), z));
    const WideVec g = hn::NegMulAdd(hn::Set(tag, c.label), others_of_label(rows, k, e), of_term);
    hn::StoreU(hn::DemoteTo(Narrow(), hn::Mul(g, hn::Load(tag, factors.t + k))), Narrow(),
               g_y + half_at(n));
  }
}

/// Writes the gradients of those of the rows of one vector, from row `begin` of the group on, that
/// are in the bit mask `done`.
template <class Exp, class T>
HWY_INLINE void put_smoothed_gradients(const Columns<Exp>& columns, const GroupState& rows,
                                       const RowFactors& factors, const SoftGroup<T>& group,
                                       const SmoothedLabels& c, int begin, std::uint64_t done) {
  const int count = std::min(static_cast<int>(column_pitch), group.count - begin);
  const std::uint64_t here = done >> begin & ((std::uint64_t{1} << count) - 1);
  alignas(64) float g_y[column_pitch];
  find_smoothed_components(columns, rows, factors, group, c, begin, g_y);
  const double z_of_1 = 2 * group.options->problem_options().z_loss;
  store_columns(SmoothedGradient<Exp>(columns, rows, factors, c, z_of_1, begin), group.g,
                group.first + begin, count, here);
  put_elements(group.g, group.first + begin, count, here, group.y + begin, g_y);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
