// SPDX-License-Identifier: MIT
// A source of coefficients (simd/soft/coefficient_lanes-inl.hpp) that makes them block by block: as
// doubles for f32 and 16-bit logits, as pairs for f64.
//
// Error: docs/error_bounds.md, lemma 6 (coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_BLOCK_COEFFICIENTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_BLOCK_COEFFICIENTS_INL
#undef XENT_IMPL_SIMD_SOFT_BLOCK_COEFFICIENTS_INL
#else
#define XENT_IMPL_SIMD_SOFT_BLOCK_COEFFICIENTS_INL
#endif

#include <algorithm>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/soft/doubles/pair_coefficients-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"
#include "impl/targets/coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns the elements at p in double lanes.
template <class A>
HWY_INLINE WideVec load_wide(const A* p) {
  return load_lanes<DoubleExp>(p);
}

/// Returns the n < Lanes elements at p in double lanes, then `padding`.
template <class T>
HWY_INLINE WideVec load_wide_padded(const T* p, std::ptrdiff_t n, double padding) {
  HWY_ALIGN double padded[hn::MaxLanes(Wide())];
  for (std::ptrdiff_t j = 0; j < lanes(Wide()); ++j)
    padded[j] = j < n ? static_cast<double>(p[j]) : padding;
  return hn::Load(Wide(), padded);
}

/// Loads c_j that are made block by block: by Coefficients, or in lanes for f64 where no q is below
/// 0.
template <class T>
class BlockLanes {
 public:
  static_assert(block_size <= Coefficients<T>::block);
  explicit BlockLanes(const Coefficients<T>& c) : c_(&c) {}
  HWY_INLINE void read(std::ptrdiff_t begin, std::ptrdiff_t n) {
    if constexpr (sizeof(T) == 8)
      if (c_->unit() == 1 / tail_scale && make(begin, n)) return;
    c_->read(begin, n, hi_, lo_);
  }
  HWY_INLINE WideCoefficient at(std::ptrdiff_t j) const {
    return {load_wide(hi_ + j), load_wide(lo_ + j)};
  }
  HWY_INLINE WideCoefficient last(std::ptrdiff_t j, std::ptrdiff_t n) const {
    return {load_wide_padded(hi_ + j, n, 0), load_wide_padded(lo_ + j, n, 0)};
  }

 private:
  /// Makes the coefficients in lanes and returns true, or returns false where a q is below 0.
  HWY_INLINE bool make(std::ptrdiff_t begin, std::ptrdiff_t n) {
    const RowOptions<T>& options = c_->row_options();
    read_probs(c_->probs(), begin, n, hi_);
    read_weights(options.weight(), begin, n, lo_);
    const std::ptrdiff_t whole = (n + lanes(Wide()) - 1) / lanes(Wide()) * lanes(Wide());
    std::fill(hi_ + n, hi_ + whole, 0.0);
    std::fill(lo_ + n, lo_ + whole, 1.0);
    for (std::ptrdiff_t j = 0; j < whole; j += lanes(Wide())) {
      const WideVec q = hn::Load(Wide(), hi_ + j);
      if (!hn::AllTrue(Wide(), hn::Ge(q, hn::Zero(Wide())))) return false;
      store_pair(pair_coefficients(options, q, hn::Load(Wide(), lo_ + j)), hi_ + j, lo_ + j);
    }
    return true;
  }

  const Coefficients<T>* c_;
  alignas(64) double hi_[block_size];
  alignas(64) double lo_[block_size];
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
