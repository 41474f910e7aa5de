// SPDX-License-Identifier: MIT
// Computes rows that a temperature and a softcap map, against soft targets, in double lanes: one
// row, block by block, and groups of rows of few classes, one in each lane. The formulas are
// those of simd/rows-inl.hpp in the mapped logits z, which are doubles for f32 and 16 bits and
// pairs for f64 (simd/mapped/mapped_double_row-inl.hpp).
//
// Why it is safe: rows whose factors are so large that clamped terms might count, and rows of f64
// beyond the range of the map, are computed by the row function of
// impl/rows/wide/wide_soft_row.hpp.
//
// Error: docs/error_bounds.md, lemmas 84, 89 and 91 (what mapping costs; mapped logits in lanes,
// and those of f64).

#if defined(XENT_IMPL_SIMD_MAPPED_MAPPED_ROW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_MAPPED_ROW_INL
#undef XENT_IMPL_SIMD_MAPPED_MAPPED_ROW_INL
#else
#define XENT_IMPL_SIMD_MAPPED_MAPPED_ROW_INL
#endif

#include <cmath>
#include <type_traits>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/rows/wide/wide_soft_row.hpp"
#include "impl/simd/groups/contiguous_groups-inl.hpp"
#include "impl/simd/labels/finish_rows-inl.hpp"
#include "impl/simd/mapped/mapped_columns-inl.hpp"
#include "impl/simd/mapped/mapped_double_row-inl.hpp"
#include "impl/simd/mapped/mapped_gradient-inl.hpp"
#include "impl/simd/mapped/mapped_reader-inl.hpp"
#include "impl/simd/reduce/clamped_terms-inl.hpp"
#include "impl/simd/soft/short_soft_rows-inl.hpp"
#include "impl/simd/soft/soft_rows-inl.hpp"
#include "impl/simd/soft/soft_state-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Returns the scale of the gradient with respect to the mapped logits: 1 / T times as large.
inline Pair scale_of_mapped(const Options& options, Pair scale) {
  return options.temperature == 0 ? scale : div(scale, exactly(options.temperature));
}

/// Computes row x, from its state and sums (SoftRow of impl/driver/row_functions.hpp), where
/// clamped terms cannot count, and returns what it has computed.
template <class Exp, class Source, class T>
HWY_INLINE Computed finish_mapped_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                                      const LogitMap& map, const SoftState& of_row,
                                      const RowOutputs<T>& out, ScaledPair& loss) {
  const TargetSums& sums = of_row.sums;
  const Pair of_z = scale_of_mapped(c.options(), scale);
  const double mass = std::abs(sums.mass.hi) + c.z_loss().largest_mass(of_row.row.m);
  if (is_too_large<Exp>(mass) || is_too_large<Exp>(mass * of_z.hi)) return Computed::nothing;
  const WholeRow row = with_top<T>(of_row.row);
  ScaledPair l;
  log1p_of_tails<T>(&row, 1, &l);
  const Pair lse = put_lse(out, lse_of(row.m, l));
  loss = c.z_loss().added(soft_loss(l, sums), lse);
  if (out.g.data == nullptr) return Computed::all;
  SoftGradient gradient = {row, mass_in_lanes<Source>(c), div(of_z, row.total())};
  gradient.mass.add_to_others(c.z_loss().mass(lse));
  if (is_too_large<Exp>(gradient.mass.size * gradient.t.hi)) return Computed::loss;
  put_mapped_gradient<Exp, Source>(c, gradient, map, x, out);
  return Computed::all;
}

/// Returns the loss of row x, of which `computed` says what has been, and computes the rest.
template <class T>
HWY_INLINE ScaledPair with_rest(Computed computed, const ScaledPair& loss, VectorView<const T> x,
                                const Coefficients<T>& c, Pair scale, const RowOutputs<T>& out) {
  if (computed == Computed::all) return loss;
  if (computed == Computed::nothing) return wide_mapped_row<T>(x, c, scale, out);
  RowOutputs<T> of_gradient = out;
  of_gradient.lse = nullptr;
  (void)wide_mapped_row<T>(x, c, scale, of_gradient);
  return loss;
}

/// Returns the loss of row x against the coefficients c, and writes its gradient and log-sum-exp
/// where they are wanted.
template <class Exp, class T>
HWY_INLINE ScaledPair mapped_row_in_lanes(VectorView<const T> x, const Coefficients<T>& c,
                                          Pair scale, const RowOutputs<T>& out) {
  ScaledPair loss;
  Computed computed = Computed::nothing;
  if constexpr (sizeof(T) == 8) {
    const Coefficients<T> scaled = c.scaled();
    with_source(scaled, [&](auto source) {
      computed = mapped_double_row<Exp, typename decltype(source)::type>(
          x, scaled, scale_of_mapped(c.options(), scale), out, loss);
    });
  } else {
    using Kind = std::conditional_t<Exp::in_pairs, F64Exp, WideExp>;
    const LogitMap map(c.options());
    const SoftState state = soft_state<Kind>(x, c, out.threads, [&](VectorView<const T> part) {
      return MappedReader<T, false>(part, map);
    });
    if (!state.row.is_number()) return without_loss(out);
    with_source(c, [&](auto source) {
      computed = finish_mapped_row<Kind, typename decltype(source)::type>(x, c, scale, map, state,
                                                                          out, loss);
    });
  }
  return with_rest(computed, loss, x, c, scale, out);
}

/// Computes the wanted rows of the group, with a row in each lane, that can be computed so, and
/// removes them from `wanted`.
template <class Exp, class T>
HWY_INLINE void short_mapped_rows(SoftGroup<T>& group) {
  const Pair scale = group.scale;
  group.scale = scale_of_mapped(group.options->problem_options(), scale);
  if constexpr (sizeof(T) == 8) {
    group.g.data == nullptr ? short_double_soft_rows<Exp, false, true>(group)
                            : short_double_soft_rows<Exp, true, true>(group);
  } else {
    with_constants(group.options->keeps_probs(), group.g.data != nullptr,
                   [&](auto is_plain, auto gradient) HWY_ATTR {
                     using X = MappedColumns<Exp, gradient.value>;
                     short_soft_rows<Exp, X, is_plain.value, gradient.value>(group);
                   });
  }
  group.scale = scale;
}

/// Computes the wanted rows of the group and removes those that are done from `wanted`: those that
/// can be computed together, or each (SoftRows of impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE void mapped_rows(SoftGroup<T>& group) {
  if (group.x.cols <= (sizeof(T) == 8 ? double_lane_classes : mapped_lane_classes))
    return short_mapped_rows<Exp>(group);
  with_contiguous_rows(group,
                       [&]() HWY_ATTR { each_soft_row(group, mapped_row_in_lanes<Exp, T>); });
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
