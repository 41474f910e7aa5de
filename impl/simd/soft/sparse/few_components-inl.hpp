// SPDX-License-Identifier: MIT
// Computes the components of the few classes of sparse coefficients
// (impl/rows/sparse_coefficients.hpp), as all are computed of other soft targets, in a row of
// their own: simd/soft/soft_gradient-inl.hpp; of f64 simd/soft/doubles/double_row_gradient-inl.hpp.
//
// Error: docs/error_bounds.md, lemmas 35 and 88 (the gradient of soft targets; soft targets of f64 in
// lanes).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_FEW_COMPONENTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_FEW_COMPONENTS_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_FEW_COMPONENTS_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_FEW_COMPONENTS_INL
#endif

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/soft_gradient.hpp"
#include "impl/rows/sparse_coefficients.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/soft/doubles/double_row_gradient-inl.hpp"
#include "impl/simd/soft/soft_gradient-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// The source (simd/soft/coefficient_lanes-inl.hpp) of the coefficients of the few classes, which
/// are less than a block.
template <class T>
class FewLanes {
 public:
  static_assert(SparseCoefficients<T>::most <= block_size);
  explicit FewLanes(const SparseCoefficients<T>& c) : c_(c) {}
  HWY_INLINE void read(std::ptrdiff_t, std::ptrdiff_t) {}
  HWY_INLINE WideCoefficient at(std::ptrdiff_t j) const {
    return {load_wide(c_.hi() + j), load_wide(c_.lo() + j)};
  }
  HWY_INLINE WideCoefficient last(std::ptrdiff_t j, std::ptrdiff_t n) const {
    return {load_wide_padded(c_.hi() + j, n, 0), load_wide_padded(c_.lo() + j, n, 0)};
  }

 private:
  const SparseCoefficients<T>& c_;
};

/// The components of the few classes.
template <class T>
using Few = T[SparseCoefficients<T>::most];

/// Writes the components of the few classes of row x to `few` and returns true, or returns false
/// where lanes cannot compute them.
template <class Exp, class T>
HWY_INLINE bool find_few(VectorView<const T> x, const SparseCoefficients<T>& c,
                         const SoftGradient& gradient, Pair scale, Few<T>& few) {
  Few<T> logits;
  for (std::ptrdiff_t l = 0; l < c.count(); ++l) logits[l] = x[c.class_at(l)];
  const VectorView<const T> of_few = {logits, c.count()};
  if constexpr (sizeof(T) == 8) {
    SoftPairFactors factors;
    if (!find_factors(gradient.mass, gradient.z, gradient.row, scale, factors)) return false;
    double_gradient_part<Exp, FewLanes<T>>(c, gradient.row, factors, of_few, 0,
                                           VectorView<T>{few, c.count()});
  } else {
    if (!(gradient.mass.size * std::abs(gradient.t.hi) <= Exp::largest_factor)) return false;
    soft_gradient_part<Exp, FewLanes<T>>(c, gradient, of_few, 0, VectorView<T>{few, c.count()});
  }
  return true;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
