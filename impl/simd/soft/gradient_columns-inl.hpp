// SPDX-License-Identifier: MIT
// Computes the gradients of rows of few classes against soft targets, a row in each lane, in
// double lanes:
//
//   g_j = t (e_j (A_j + z) - c_j n_j)     (impl/rows/soft_gradient.hpp)
//
// A_j leaves out c_j by its value: one that equals the largest is taken for it.
//
// Error: docs/error_bounds.md, lemmas 34 and 35 (the sums of the others, A_j and n_j; the gradient
// of soft targets).

#if defined(XENT_IMPL_SIMD_SOFT_GRADIENT_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_GRADIENT_COLUMNS_INL
#undef XENT_IMPL_SIMD_SOFT_GRADIENT_COLUMNS_INL
#else
#define XENT_IMPL_SIMD_SOFT_GRADIENT_COLUMNS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"
#include "impl/simd/soft/group_soft_losses-inl.hpp"
#include "impl/simd/soft/target_columns-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The gradients of the rows of one vector, from row `begin` of the group on.
template <class X, bool is_plain, class T>
class SoftGradientColumns {
  static constexpr std::size_t N = halves;

 public:
  HWY_INLINE SoftGradientColumns(const X& x, const TargetColumns<T, X::most_classes>& targets,
                                 const GroupState& rows, const SoftSums& sums,
                                 const RowFactors& factors, double z_of_1, int begin)
      : x_(&x), targets_(&targets) {
    const Wide tag;
    const WideVec unit = hn::Set(tag, X::unit);
    const WideVec in_terms = hn::Set(tag, 1 / X::unit);
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t k = begin + half_at(n);
      const WideVec z = hn::Mul(hn::Set(tag, z_of_1), hn::Load(tag, factors.lse + k));
      largest_[n] = hn::Load(tag, sums.largest + k);
      rest_[n] = hn::Load(tag, sums.rest + k);
      mass_[n] = hn::Add(hn::Add(largest_[n], rest_[n]), z);
      rest_[n] = hn::Add(rest_[n], z);
      tail_[n] = hn::Load(tag, rows.tail + k);
      total_[n] = hn::Mul(hn::Add(hn::Load(tag, rows.top + k), tail_[n]), in_terms);
      tail_[n] = hn::Mul(tail_[n], in_terms);
      t_[n] = hn::Mul(hn::Load(tag, factors.t + k), unit);
    }
  }

  /// Returns component j of the rows.
  HWY_INLINE hn::Vec<hn::ScalableTag<float>> operator()(std::ptrdiff_t j) const {
    return of_halves([&](std::size_t n) HWY_ATTR { return component(j, n); });
  }

 private:
  HWY_INLINE NarrowVec component(std::ptrdiff_t j, std::size_t n) const {
    const WideVec c = targets_->template at<is_plain>(j, half_at(n));
    const WideVec e = x_->wide_terms(j, half_at(n));
    const WideVec others = hn::IfThenElse(hn::Eq(c, largest_[n]), rest_[n], hn::Sub(mass_[n], c));
    const WideVec of_terms =
        hn::IfThenElse(targets_->is_maximum(j, half_at(n)), tail_[n], hn::Sub(total_[n], e));
    const WideVec difference = hn::NegMulAdd(c, of_terms, hn::Mul(e, others));
    WideVec g = hn::Mul(difference, t_[n]);
    if constexpr (X::is_mapped) g = hn::Mul(g, x_->slope(j, half_at(n)));
    return hn::DemoteTo(Narrow(), g);
  }

  const X* x_;
  const TargetColumns<T, X::most_classes>* targets_;
  // e_j and what is added to or subtracted from it have the unit of kept terms
  WideVec largest_[N], rest_[N], mass_[N], tail_[N], total_[N], t_[N];
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
