// SPDX-License-Identifier: MIT
// Computes a row of f64 that a temperature and a softcap map, against soft targets, in pairs in
// lanes: the loss from the sums of simd/mapped/mapped_double_sums-inl.hpp, and
//
//   g_j = slope_j t (e_j A_j - c_j n_j)     (impl/rows/soft_gradient.hpp), t with the factor 1 / T
//
// Why it is safe: a row with an x beyond the range of the map, without a loss, or whose factors are
// extreme, is computed by impl/rows/wide/wide_soft_row.hpp, and so is a gradient alone whose
// factors are: the bits of a loss do not depend on whether there is a gradient.
//
// Error: docs/error_bounds.md, lemma 91 (mapped logits of f64 in lanes).

#if defined(XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_ROW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_ROW_INL
#undef XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_ROW_INL
#else
#define XENT_IMPL_SIMD_MAPPED_MAPPED_DOUBLE_ROW_INL
#endif

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/labels/finish_rows-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/mapped/mapped_double_sums-inl.hpp"
#include "impl/simd/mapped/pair_mapped_reader-inl.hpp"
#include "impl/simd/math/exp_below-inl.hpp"
#include "impl/simd/math/pair_logit_map-inl.hpp"
#include "impl/simd/soft/coefficient_lanes-inl.hpp"
#include "impl/simd/soft/doubles/double_row_gradient-inl.hpp"
#include "impl/simd/soft/doubles/pair_component-inl.hpp"
#include "impl/simd/soft/doubles/pair_masses-inl.hpp"
#include "impl/simd/soft/mass_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the components of part x of a row, which begins at element `begin` of it, to g.
template <class Exp, class Source>
HWY_INLINE void mapped_double_gradient(const Coefficients<double>& c, const PairLogitMap& map,
                                       const MappedMaximum& maximum, const SoftPairFactors& factors,
                                       VectorView<const double> x, std::ptrdiff_t begin,
                                       VectorView<double> g) {
  PairMappedReader<true> reader(x, map);
  put_components<Source>(
      c, begin, g, [&](std::ptrdiff_t at, std::ptrdiff_t n) HWY_ATTR { reader.read(at, n); },
      [&](std::ptrdiff_t at, std::ptrdiff_t j, std::ptrdiff_t, const WidePair& c_j) HWY_ATTR {
        const WidePair d = subtract_loosely(reader.z(j), maximum.m);
        const auto others = lanes_without(maximum.argmax, begin + at + j, lanes(Wide()));
        const WidePair e = ExpBelow<Exp>().term(d);
        const WidePair g_j = pair_component(factors, e, c_j, hn::Not(others));
        return map.has_cap() ? mul_loosely(g_j, reader.slope(j)) : g_j;
      });
}

/// Computes row x (SoftRow of impl/driver/row_functions.hpp) with coefficients that the Source
/// gives, and returns what it has computed. `scale` has the factor 1 / T.
template <class Exp, class Source>
HWY_INLINE Computed mapped_double_row(VectorView<const double> x, const Coefficients<double>& c,
                                      Pair scale, const RowOutputs<double>& out, ScaledPair& loss) {
  const PairLogitMap map(c.options());
  MappedMaximum maximum;
  maximum.argmax = first_argmax(x);
  if (maximum.argmax < 0) return Computed::nothing;
  maximum.m = map.map(hn::Set(Wide(), x[maximum.argmax]));
  const Pair m = {hn::GetLane(maximum.m.hi), hn::GetLane(maximum.m.lo)};
  if (!(std::abs(m.hi) <= 0x1p880)) return Computed::nothing;
  const MappedSums sums = mapped_sums_of_parts<Exp, Source>(c, map, maximum, x, out.threads);
  const WholeRow row = {{.m = m.hi, .unit = {}, .tail = sums.tail}, exactly(tail_scale)};
  const double mass = std::abs(sums.mass.hi) / tail_scale + c.z_loss().largest_mass(m.hi);
  const bool is_in_range = !sums.is_beyond && sums.tail.hi >= 0x1p-512 * tail_scale &&
                           std::abs(sums.gap.hi) <= 0x1p900 && mass <= 0x1p64 &&
                           mass * std::abs(scale.hi) <= 0x1p64;
  if (!is_in_range) return Computed::nothing;
  ScaledPair l;
  log1p_of_tails<double>(&row, 1, &l);
  const Pair lse = add(m, unscaled(l));
  (void)put_lse(out, lse);
  loss = c.z_loss().added(soft_loss(l, {sums.gap, sums.mass, c.unit()}), lse);
  if (out.g.data == nullptr) return Computed::all;
  SoftPairFactors factors;
  const Mass masses = mass_in_lanes<Source, PairMassLanes>(c, out.threads);
  if (!find_factors(masses, c.z_loss().scaled_mass(lse), row, scale, factors))
    return Computed::loss;
  for_each_part(x.size, out.threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) HWY_ATTR {
    mapped_double_gradient<Exp, Source>(c, map, maximum, factors, part_of(x, begin, end), begin,
                                        part_of(out.g, begin, end));
  });
  return Computed::all;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
