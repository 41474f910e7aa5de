// SPDX-License-Identifier: MIT
// Sweeps a row of a group of up to 4096 classes with its coefficients, and puts what that leaves
// over, and the sums, in the row's place (simd/soft/medium_soft_rows-inl.hpp).
//
// Error: docs/error_bounds.md, lemmas 33, 34 and 92 (D and Q of soft targets; the sums of the
// others; sparse coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_SWEPT_TARGETS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_SWEPT_TARGETS_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_SWEPT_TARGETS_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_SWEPT_TARGETS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/sparse_coefficients.hpp"
#include "impl/simd/groups/swept_rows-inl.hpp"
#include "impl/simd/labels/medium_rows-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"
#include "impl/simd/soft/mass_lanes-inl.hpp"
#include "impl/simd/soft/soft_state-inl.hpp"
#include "impl/simd/soft/sparse/sparse_state-inl.hpp"
#include "impl/targets/coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Sweeps row x with its coefficients c, which the Source gives in lanes, and puts what that leaves
/// over and the sums in place k. The sums of a gradient are made where it is wanted.
template <class Exp, bool has_gradient, class Source, class T>
HWY_INLINE void sweep_with_targets(VectorView<const T> x, const Coefficients<T>& c, int k,
                                   SweptRows& swept, SoftSums& sums) {
  Source source(c);
  RowSweep<Exp> sweep;
  TargetSweep<T> targets;
  MassLanes mass;
  BlockReader<T> reader(x);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) HWY_ATTR {
    const auto* p = reader.read(begin, n);
    sweep.take(p, n);
    source.read(begin, n);
    targets.take(source, p, n, static_cast<double>(sweep.maximum()));
    if constexpr (has_gradient) add_masses(source, n, mass);
  });
  swept.put(k, sweep);
  const TargetSums of_row = targets.total(1);
  sums.gap[k] = of_row.gap.hi;
  sums.mass[k] = of_row.mass.hi;
  if constexpr (has_gradient) {
    const Mass total = mass.total();
    sums.largest[k] = total.largest.hi;
    sums.rest[k] = total.rest.hi;
    sums.size[k] = total.size;
  }
}

/// Does the same for sparse coefficients, of which the logits of a few classes are read again.
template <class Exp, class T>
HWY_INLINE void sweep_with_sparse(VectorView<const T> x, const SparseCoefficients<T>& c, int k,
                                  SweptRows& swept, SoftSums& sums) {
  RowSweep<Exp> sweep;
  TargetSums distances;
  if (c.has_others())
    distances = sweep_distances<Exp>(x, sweep);
  else
    sweep = sweep_of<Exp>(x, begun<Exp>(x));
  swept.put(k, sweep);
  const Mass mass = c.mass();
  const auto m = static_cast<double>(sweep.maximum());
  sums.gap[k] = sparse_sums(c, mass.total, x, m, distances).gap.hi;
  sums.mass[k] = mass.total.hi;
  sums.largest[k] = mass.largest.hi;
  sums.rest[k] = mass.rest.hi;
  sums.size[k] = mass.size;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
