// SPDX-License-Identifier: MIT
// Sums a row of f64 that a temperature and a softcap map, in pairs in lanes. With z the mapped
// logits and m = z_a for the first argmax a of x,
//
//   tail = 2^256 sum_{j != a} exp(z_j - m),   D = sum_j c_j (m - z_j),   Q = sum_j c_j
//
// The map is monotonic, so that a is found from x before the row is mapped.
//
// Error: docs/error_bounds.md, lemma 91 (mapped logits of f64 in lanes).

#if defined(XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_SUMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_SUMS_INL
#undef XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_SUMS_INL
#else
#define XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_SUMS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/segments.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/mapped/pair_mapped_reader-inl.hpp"
#include "impl/simd/math/exp_below-inl.hpp"
#include "impl/simd/math/pair_logit_map-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"
#include "impl/simd/soft/coefficient_lanes-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"
#include "impl/targets/coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns the first argmax of x, where a NaN is passed over; -1 where no element is above -inf.
inline std::ptrdiff_t first_argmax(VectorView<const double> x) {
  BlockReader<double> reader(x);
  WideVec largest = hn::Set(Wide(), minus_infinity<double>);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) HWY_ATTR {
    const double* p = reader.read(begin, n);
    for_each_vector(n, [&](std::ptrdiff_t j, std::ptrdiff_t there)
                           HWY_ATTR { largest = larger(largest, vector_at(p, j, there)); });
  });
  const double m = hn::GetLane(hn::MaxOfLanes(Wide(), largest));
  if (m == minus_infinity<double>) return -1;
  std::ptrdiff_t j = 0;
  while (x[j] != m) ++j;
  return j;
}

/// The maximum of a mapped row, and where it is.
struct MappedMaximum {
  WidePair m;
  std::ptrdiff_t argmax;

  HWY_INLINE MappedMaximum() = default;  // named, or g++ compiles it for the baseline
};

/// The sums of a mapped row, or of a part of one.
struct MappedSums {
  Pair tail, gap, mass;
  bool is_beyond = false;  // whether an x is beyond the range of the map
};

/// Returns the mask of the first n lanes without the lane of element `argmax`, where lane 0 is of
/// element j.
HWY_INLINE hn::Mask<Wide> lanes_without(std::ptrdiff_t argmax, std::ptrdiff_t j, std::ptrdiff_t n) {
  const auto there = hn::FirstN(Wide(), static_cast<std::size_t>(n));
  if (argmax < j || argmax >= j + n) return there;
  const auto lane = hn::Set(Wide(), static_cast<double>(argmax - j));
  return hn::AndNot(hn::Eq(hn::Iota(Wide(), 0.0), lane), there);
}

/// Returns the sums of part x of a row, which begins at element `begin` of it.
template <class Exp, class Source>
HWY_INLINE MappedSums mapped_sums(const Coefficients<double>& c, const PairLogitMap& map,
                                  const MappedMaximum& maximum, VectorView<const double> x,
                                  std::ptrdiff_t begin) {
  Source source(c);
  PairMappedReader<false> reader(x, map);
  TargetLanes<true> targets;  // -D and Q
  WideVec hi = hn::Zero(Wide());
  WideVec lo = hi;
  for_each_block(x.size, [&](std::ptrdiff_t at, std::ptrdiff_t n) HWY_ATTR {
    reader.read(at, n);
    source.read(begin + at, n);
    for_each_vector(n, [&](std::ptrdiff_t j, std::ptrdiff_t there) HWY_ATTR {
      const WidePair d = subtract_loosely(reader.z(j), maximum.m);
      targets.add_distance<true>(d, coefficients_at(source, j, there));
      const WidePair e = ExpBelow<Exp>().term(d);
      const auto counts = lanes_without(maximum.argmax, begin + at + j, there);
      add_exactly(hi, lo, hn::IfThenElseZero(counts, e.hi));
      if constexpr (Exp::in_pairs) lo = hn::Add(lo, hn::IfThenElseZero(counts, e.lo));
    });
  });
  const TargetSums sums = targets.total_with(TargetLanes<true>(), 1);
  return {sum_of_lanes(Wide(), hi, lo), scale(sums.gap, -1), sums.mass, reader.is_beyond()};
}

/// Returns the sums of row x, from parts that up to `threads` threads share where it is wide.
template <class Exp, class Source>
HWY_INLINE MappedSums mapped_sums_of_parts(const Coefficients<double>& c, const PairLogitMap& map,
                                           const MappedMaximum& maximum, VectorView<const double> x,
                                           int threads) {
  if (x.size < Sharing::least_split) return mapped_sums<Exp, Source>(c, map, maximum, x, 0);
  MappedSums parts[most_segments];
  const Segments segments(x.size, Sharing::split_grain);
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    parts[k] = mapped_sums<Exp, Source>(c, map, maximum, part_of(x, begin, end), begin);
  });
  MappedSums all = parts[0];
  for (std::ptrdiff_t k = 1; k < segments.count(); ++k) {
    all.tail = add(all.tail, parts[k].tail);
    all.gap = plus(all.gap, parts[k].gap);
    all.mass = plus(all.mass, parts[k].mass);
    all.is_beyond = all.is_beyond || parts[k].is_beyond;
  }
  return all;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
