// SPDX-License-Identifier: MIT
// Computes rows of 65 to 4096 classes against soft targets, a group of up to 16 at a time, as
// simd/labels/medium_rows-inl.hpp does against labels. Each row is swept with its coefficients
// (simd/soft/soft_state-inl.hpp), and what comes once a row is computed for the group together.
//
// Why it is safe: as simd/soft/short_soft_rows-inl.hpp, which leaves the same rows to the row
// function of soft targets.
//
// Error: docs/error_bounds.md, lemmas 33 to 35 and 64 (D and Q of soft targets; the sums of the
// others; the gradient of soft targets; rows in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_MEDIUM_SOFT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_MEDIUM_SOFT_ROWS_INL
#undef XENT_IMPL_SIMD_SOFT_MEDIUM_SOFT_ROWS_INL
#else
#define XENT_IMPL_SIMD_SOFT_MEDIUM_SOFT_ROWS_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/rows/sparse_coefficients.hpp"
#include "impl/simd/groups/group_logs-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/groups/swept_rows-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/soft/coefficient_lanes-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"
#include "impl/simd/soft/group_soft_losses-inl.hpp"
#include "impl/simd/soft/mass_lanes-inl.hpp"
#include "impl/simd/soft/soft_gradient-inl.hpp"
#include "impl/simd/soft/sparse/sparse_gradient-inl.hpp"
#include "impl/simd/soft/sparse/swept_targets-inl.hpp"
#include "impl/targets/coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Writes the gradient of row k of the group, which is done.
template <class Exp, class T>
HWY_INLINE void put_soft_gradient(const SoftGroup<T>& group, int k, const WholeRow& row,
                                  const SoftSums& sums, double lse) {
  const Coefficients<T> c(group.probs(k), *group.options);
  SoftGradient gradient = {row, Mass(exactly(sums.largest[k]), exactly(sums.rest[k]), sums.size[k]),
                           exactly(group.scale.hi * group.v[k] / row.total().hi)};
  gradient.mass.add_to_others(c.z_loss().mass(exactly(lse)));
  const std::ptrdiff_t i = group.first + k;
  const SparseCoefficients<T> sparse(c);
  if (sparse.is_sparse() &&
      put_sparse_gradient<Exp>(group.x.row(i), sparse, gradient,
                               exactly(group.scale.hi * group.v[k]), group.outputs(k)))
    return;
  with_source(c, [&](auto source) HWY_ATTR {
    soft_gradient_part<Exp, typename decltype(source)::type>(c, gradient, group.x.row(i), 0,
                                                             group.g.row(i));
  });
}

/// Computes the wanted rows of the group, and removes those that are done from `wanted`.
template <class Exp, bool has_gradient, class T>
HWY_NOINLINE void medium_soft_rows(SoftGroup<T>& group) {
  SweptRows swept;
  GroupState rows;
  SoftSums sums;
  RowFactors factors;
  for (int k = 0; k < most_swept; ++k) {
    if (k >= group.count || (group.wanted >> k & 1) == 0) {
      swept.put_nothing(k);
      sums.put_nothing(k);
      continue;
    }
    const Coefficients<T> c(group.probs(k), *group.options);
    const SparseCoefficients<T> sparse(c);
    if (sparse.is_sparse()) {
      sweep_with_sparse<Exp>(group.x.row(group.first + k), sparse, k, swept, sums);
      continue;
    }
    with_source(c, [&](auto source) HWY_ATTR {
      sweep_with_targets<Exp, has_gradient, typename decltype(source)::type>(
          group.x.row(group.first + k), c, k, swept, sums);
    });
  }
  join_lanes<Exp>(swept, group.count, rows);
  rows.pad(group.count);
  (void)find_logs<Exp>(rows, group.count, [](int) { return std::uint64_t{0}; });
  add_origins(swept, group.count, rows);
  std::uint64_t done = 0;
  for (int k = 0; k < group.count; k += static_cast<int>(lanes(Wide())))
    done |= finish_soft_rows<Exp, has_gradient>(rows, sums, k, group, factors);
  done &= group.wanted;
  group.wanted &= ~done;
  put_lses(group, factors);
  if constexpr (has_gradient)
    for (int k = 0; k < group.count; ++k)
      if ((done >> k & 1) != 0)
        put_soft_gradient<Exp>(group, k, row_of(rows, swept, k), sums, factors.lse[k]);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
