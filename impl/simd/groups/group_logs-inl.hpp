// SPDX-License-Identifier: MIT
// Computes the logarithms of all rows of a group, in vectors of doubles. With m the maximum of a
// row and, in its unit 2^M, top = exp(m) and tail the sum of all other terms,
//
//   l = log1p(tail / top)
//
// Several vectors of rows are computed together (`rows_together`): the chain of operations from m
// to l, and on to the loss, is long, and a core computes the others meanwhile.
//
// Error, relative: 2^-34 for the logarithm, 0.055 u (simd) or 2^-51 (faithful) for top. Proof:
// docs/error_bounds.md, lemma 64 (rows in lanes).

#if defined(XENT_IMPL_SIMD_GROUPS_GROUP_LOGS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_GROUP_LOGS_INL
#undef XENT_IMPL_SIMD_GROUPS_GROUP_LOGS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_GROUP_LOGS_INL
#endif

#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/log1p-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes top and l of `count` rows, from m, exponent and tail, and then calls finish(k) for the
/// vector of rows from row k on, which returns a bit mask, bit k for row k. Returns those masks
/// joined. Where rows are shifted, their unit is exp(m).
template <class Exp, bool is_shifted = false, class Finish>
HWY_INLINE std::uint64_t find_logs(GroupState& rows, int count, Finish finish) {
  using Top = std::conditional_t<Exp::in_pairs, F64Exp, WideExp>;  // the kind of exp(m)
  constexpr std::size_t N = rows_together;
  const Wide tag;
  const int w = static_cast<int>(lanes(tag));
  std::uint64_t found = 0;
  for (int k = 0; k < count; k += static_cast<int>(N) * w) {
    WideVec exponent[N], top[N], tail[N], l[N];
    XENT_FOR_EACH_VECTOR(n) {
      const int at = k + static_cast<int>(n) * w;
      if constexpr (!is_shifted) exponent[n] = hn::Load(tag, rows.exponent + at);
      top[n] = is_shifted ? hn::Set(tag, tail_scale) : hn::Load(tag, rows.m + at);
      tail[n] = hn::Load(tag, rows.tail + at);
    }
    if constexpr (!is_shifted) exp_near_power<Top>(exponent, top);
    log_of_quotients(tag, top, tail, l);
    XENT_FOR_EACH_VECTOR(n) {
      const int at = k + static_cast<int>(n) * w;
      hn::Store(top[n], tag, rows.top + at);
      hn::Store(l[n], tag, rows.l + at);
      found |= finish(at);
    }
  }
  return found;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
