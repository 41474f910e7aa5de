// SPDX-License-Identifier: MIT
// Three sources of coefficients in double lanes: PlainLanes loads probabilities where c_j = q_j,
// LabelLanes makes the two numbers of a label's coefficients, and BlockLanes loads blocks that
// Coefficients makes. Each has read(begin, n) for the next block, at(j) for the vector of its
// elements j, j + 1, …, and last(j, n) for its last n elements, less than a vector, and then zeros.

#if defined(XENT_IMPL_SIMD_SOFT_COEFFICIENT_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_COEFFICIENT_LANES_INL
#undef XENT_IMPL_SIMD_SOFT_COEFFICIENT_LANES_INL
#else
#define XENT_IMPL_SIMD_SOFT_COEFFICIENT_LANES_INL
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/block_coefficients-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"
#include "impl/targets/coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Loads c_j = q_j from memory, scaled for f64.
template <class T>
class PlainLanes {
 public:
  explicit PlainLanes(const Coefficients<T>& c) : reader_(c.plain()), factor_(1 / c.unit()) {}
  /// Takes block [begin, begin + n), whose elements at() and last() count from 0.
  void read(std::ptrdiff_t begin, std::ptrdiff_t n) { q_ = reader_.read(begin, n); }
  /// Also prefetches what lies near_ahead elements further.
  HWY_INLINE WideCoefficient at(std::ptrdiff_t j) const {
    hwy::Prefetch(q_ + j + near_ahead<T>);
    return {scaled(load_wide(q_ + j)), hn::Zero(Wide())};
  }
  /// Returns the last n elements, less than a vector, and then zeros.
  HWY_INLINE WideCoefficient last(std::ptrdiff_t j, std::ptrdiff_t n) const {
    return {scaled(load_wide_padded(q_ + j, n, 0)), hn::Zero(Wide())};
  }

 private:
  HWY_INLINE WideVec scaled(WideVec c) const {
    if constexpr (sizeof(T) == 8) return hn::Mul(c, hn::Set(Wide(), factor_));
    return c;
  }

  BlockReader<T> reader_;
  double factor_;  // the factor by which f64 is scaled, else 1
  const typename BlockReader<T>::Element* q_ = nullptr;
};

/// Makes c_j of a label, smoothed or not: all are alike but that of the label.
template <class T>
class LabelLanes {
 public:
  explicit LabelLanes(const Coefficients<T>& c)
      : label_(c.only_label()), own_(c[label_]), other_(c[label_ == 0 ? c.size() - 1 : 0]) {}
  void read(std::ptrdiff_t begin, std::ptrdiff_t) { begin_ = begin; }
  HWY_INLINE WideCoefficient at(std::ptrdiff_t j) const {
    const std::ptrdiff_t lane = label_ - begin_ - j;
    const WideCoefficient others = {hn::Set(Wide(), other_.hi), hn::Set(Wide(), other_.lo)};
    if (lane < 0 || lane >= lanes(Wide())) return others;
    const auto is_label = hn::Eq(hn::Iota(Wide(), 0), hn::Set(Wide(), static_cast<double>(lane)));
    return {hn::IfThenElse(is_label, hn::Set(Wide(), own_.hi), others.hi),
            hn::IfThenElse(is_label, hn::Set(Wide(), own_.lo), others.lo)};
  }
  HWY_INLINE WideCoefficient last(std::ptrdiff_t j, std::ptrdiff_t n) const {
    const auto there = hn::FirstN(Wide(), static_cast<std::size_t>(n));
    const WideCoefficient c = at(j);
    return {hn::IfThenElseZero(there, c.hi), hn::IfThenElseZero(there, c.lo)};
  }

 private:
  std::ptrdiff_t label_, begin_ = 0;
  Pair own_, other_;
};

/// Calls f(j, there) for the vectors of a block of n elements: each begins at element j, and has
/// `there` of its lanes.
template <class F>
HWY_INLINE void for_each_vector(std::ptrdiff_t n, F f) {
  const std::ptrdiff_t w = lanes(Wide());
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) f(j, w);
  if (j < n) f(j, n - j);
}

/// Returns n elements from p[j] on, a vector of them or fewer, and p[j] in the other lanes.
HWY_INLINE WideVec vector_at(const double* p, std::ptrdiff_t j, std::ptrdiff_t n) {
  return n == lanes(Wide()) ? hn::LoadU(Wide(), p + j) : load_padded(Wide(), p + j, n, p[j]);
}

/// Returns the coefficients of n elements from j on of the block that `source` has read: a vector
/// of them, or its last ones and then zeros.
template <class Source>
HWY_INLINE WideCoefficient coefficients_at(const Source& source, std::ptrdiff_t j,
                                           std::ptrdiff_t n) {
  return n == lanes(Wide()) ? source.at(j) : source.last(j, n);
}

/// Passes a source as a type.
template <class Source>
struct SourceType {
  using type = Source;
};

/// Calls f with the SourceType that fits the coefficients.
template <class T, class F>
HWY_INLINE void with_source(const Coefficients<T>& c, F f) {
  if (c.plain().data != nullptr)
    f(SourceType<PlainLanes<T>>());
  else if (c.only_label() >= 0)
    f(SourceType<LabelLanes<T>>());
  else
    f(SourceType<BlockLanes<T>>());
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
