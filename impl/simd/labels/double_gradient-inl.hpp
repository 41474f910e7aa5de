// SPDX-License-Identifier: MIT
// Computes the gradients of rows of f64 that have a row in each lane, in pairs. With R = tail /
// 2^256,
//
//   g_j = t e_j,   t = w scale / (1 + R),   g_y = -t n
//   n = R where x_y is the maximum, else 1 + (R - e_y)
//
// Error, relative: that of a term and that of R, besides one rounding. Proof: docs/error_bounds.md,
// lemma 87 (rows of f64 in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_DOUBLE_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_DOUBLE_GRADIENT_INL
#undef XENT_IMPL_SIMD_LABELS_DOUBLE_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_LABELS_DOUBLE_GRADIENT_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/double_columns-inl.hpp"
#include "impl/simd/groups/double_rows-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/math/gradient_scale-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Components are computed times 2^384, so that no product of a clamped term with a t of at least
/// 2^-64 is subnormal: of rows whose w scale is not below
/// least_factor_in_pairs.
inline constexpr double products_scale = 0x1p128;

/// Returns the factors t of a vector of rows from row k on; they are 0 for those that are ignored,
/// so that their gradients are.
HWY_INLINE WidePair pair_factors(const DoubleRows& rows, const LabelGroup<double>& group, int k) {
  const WidePair tail = load_pair(rows.tail_hi + k, rows.tail_lo + k);
  const WidePair total = add(set_pair(exactly(1)), scale(tail, 1 / tail_scale));
  WidePair all = set_pair(group.scale);
  if (!group.is_uniform) all = mul(all, hn::Load(Wide(), group.w + k));
  const WidePair t = div(all, total);
  const std::uint64_t here = group.ignored >> k;
  if (here == 0) return t;
  const auto is_ignored = wide_mask(here);
  return {hn::IfThenZeroElse(is_ignored, t.hi), hn::IfThenZeroElse(is_ignored, t.lo)};
}

/// Writes the components g_y of a vector of rows from row `begin` on.
template <class Exp>
HWY_INLINE void find_label_components(const DoubleColumns<Exp>& columns, const DoubleRows& rows,
                                      const LabelGroup<double>& group, int begin, const WidePair& t,
                                      double* g_y) {
  const Wide tag;
  constexpr int w = DoubleColumns<Exp>::pitch;
  alignas(64) double e_hi[hn::MaxLanes(tag)];
  alignas(64) double e_lo[hn::MaxLanes(tag)];
  for (int k = 0; k < w; ++k) {
    const Pair e = begin + k < group.count ? columns.term(group.y[begin + k], k) : Pair{};
    e_hi[k] = e.hi;
    e_lo[k] = e.lo;
  }
  const WidePair tail = load_pair(rows.tail_hi + begin, rows.tail_lo + begin);
  const WidePair others = add(tail, negate(load_pair(e_hi, e_lo)));
  const auto is_maximum = hn::Eq(hn::Load(tag, rows.x_y + begin), hn::Load(tag, rows.m + begin));
  const WidePair n = choose(is_maximum, tail, add(set_pair(exactly(tail_scale)), others));
  const WidePair g = mul(t, n);
  hn::Store(hn::Mul(hn::Add(g.hi, g.lo), hn::Set(tag, -1 / tail_scale)), tag, g_y);
}

/// Writes the gradients of those of a vector of rows from row `begin` on that are in the bit mask
/// `here`, bit 0 for that row.
template <class Exp>
HWY_INLINE void put_gradients(const DoubleColumns<Exp>& columns, const DoubleRows& rows,
                              const LabelGroup<double>& group, int begin, const WidePair& t,
                              std::uint64_t here) {
  constexpr int w = DoubleColumns<Exp>::pitch;
  const int count = std::min(w, group.count - begin);
  alignas(64) double g_y[hn::MaxLanes(Wide())];
  find_label_components(columns, rows, group, begin, t, g_y);
  const WidePair scaled_t = scale(t, products_scale);
  store_columns(
      [&](std::ptrdiff_t j)
          HWY_ATTR { return in_own_unit<Exp>(columns.products(j, scaled_t), products_scale); },
      group.g, group.first + begin, count, here);
  put_elements(group.g, group.first + begin, count, here & ~(group.ignored >> begin),
               group.y + begin, g_y);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
