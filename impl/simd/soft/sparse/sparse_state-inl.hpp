// SPDX-License-Identifier: MIT
// Computes the state of a row and its sums against sparse coefficients
// (impl/rows/sparse_coefficients.hpp) in one sweep over the logits:
//
//   D = o S + sum_l d_l (m - x_l),   S = sum_j (m - x_j)
//
// l running over the few classes. Without smoothing o is 0, and the sweep is that of labels.
//
// Error: docs/error_bounds.md, lemma 92 (sparse coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_STATE_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_STATE_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_STATE_INL
#endif

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/sparse_coefficients.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/parts-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"
#include "impl/simd/reduce/sweep_row-inl.hpp"
#include "impl/simd/soft/soft_state-inl.hpp"
#include "impl/simd/soft/sparse/distance_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Sweeps x and sums its distances from the maximum.
template <class Exp, class T>
HWY_INLINE TargetSums sweep_distances(VectorView<const T> x, RowSweep<Exp>& sweep) {
  DistanceSum<T> distances;
  BlockReader<T> reader(x);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) HWY_ATTR {
    const auto* p = reader.read(begin, n);
    sweep.take(p, n);
    distances.take(p, n, static_cast<double>(sweep.maximum()));
  });
  return distances.total();
}

/// Returns D and Q of row x with the maximum m and the sums of distances, which count where there
/// are others.
template <class T>
HWY_INLINE TargetSums sparse_sums(const SparseCoefficients<T>& c, Pair mass, VectorView<const T> x,
                                  double m, const TargetSums& distances) {
  const auto product = [](Pair coefficient, Pair d) {  // infinite where d is
    return std::isfinite(d.hi) ? mul(coefficient, d) : exactly(coefficient.hi * d.hi);
  };
  Pair gap = c.has_others() ? product(c.others(), distances.gap) : Pair{};
  for (std::ptrdiff_t l = 0; l < c.count(); ++l) {
    const Pair d_l = c.excess(l);
    if (d_l.hi == 0) continue;  // 0 times +inf would be NaN
    gap = plus(gap, product(d_l, impl::two_sum(m, -static_cast<double>(x[c.class_at(l)]))));
  }
  return {gap, mass, c.unit()};
}

/// Returns the state of row x against sparse coefficients whose sum is `mass`; up to `threads`
/// threads share a wide row.
template <class Exp, class T>
HWY_INLINE SoftState sparse_state(VectorView<const T> x, const SparseCoefficients<T>& c, Pair mass,
                                  int threads) {
  SoftState state;
  if (c.has_others()) {
    state = state_of_parts<T>(x.size, threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
      RowSweep<Exp> sweep;
      const TargetSums distances = sweep_distances<Exp>(part_of(x, begin, end), sweep);
      return SoftState{sweep.state(), distances};
    });
  } else {
    state.row = row_state<Exp>(x, threads);
  }
  state.sums = sparse_sums(c, mass, x, state.row.m, state.sums);
  return state;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
