// SPDX-License-Identifier: MIT
// The gradients of rows of f64 of few classes against soft targets, one in each lane, by
// simd/soft/doubles/pair_component-inl.hpp.

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_GRADIENT_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_GRADIENT_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/groups/double_columns-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/soft/doubles/double_soft_losses-inl.hpp"
#include "impl/simd/soft/doubles/double_targets-inl.hpp"
#include "impl/simd/soft/doubles/pair_component-inl.hpp"
#include "impl/simd/soft/doubles/pair_masses-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// The columns of the gradients of the rows of one vector. `slopes` are those of the map of the
/// logits, or nullptr.
template <class Exp, bool is_mapped>
class DoubleSoftGradient {
  using X = DoubleColumns<Exp, is_mapped>;

 public:
  HWY_INLINE DoubleSoftGradient(const X& x, const DoubleTargets& targets, const SoftPairs& rows,
                                const PairMassLanes& masses, const WidePair* slopes)
      : x_(&x), targets_(&targets), slopes_(slopes) {
    factors_.tail = rows.tail;
    factors_.all = add(set_pair(exactly(tail_scale)), rows.tail);
    factors_.largest = masses.largest();
    factors_.rest = add(masses.rest(), scale(rows.z, tail_scale));
    factors_.total = add(factors_.largest, factors_.rest);
    factors_.t = div(rows.v_scale, scale(factors_.all, 1 / tail_scale));
  }

  /// Returns component j of the rows.
  HWY_INLINE WideVec operator()(std::ptrdiff_t j) const {
    const WidePair e = x_->terms(j);
    const WidePair g = pair_component(factors_, e, targets_->at(j), x_->is_maximum(e));
    if (is_mapped && slopes_ != nullptr) return rounded_component(mul_loosely(g, slopes_[j]));
    return rounded_component(g);
  }

 private:
  const X* x_;
  const DoubleTargets* targets_;
  const WidePair* slopes_;
  SoftPairFactors factors_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
