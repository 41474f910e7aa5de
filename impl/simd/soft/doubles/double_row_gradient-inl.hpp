// SPDX-License-Identifier: MIT
// Computes the gradient of one row of f64 against soft targets in lanes, by
// simd/soft/doubles/pair_component-inl.hpp. Its terms are in the unit of the row.
//
// Why it is safe: where a factor is so large that clamped terms might count, or so small or large
// that a product might leave the normal numbers, it is left to the component-wise form.
//
// Error: docs/error_bounds.md, lemma 88 (soft targets of f64 in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_ROW_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_ROW_GRADIENT_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_ROW_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_ROW_GRADIENT_INL
#endif

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/soft/coefficient_lanes-inl.hpp"
#include "impl/simd/soft/doubles/pair_component-inl.hpp"
#include "impl/simd/soft/doubles/pair_masses-inl.hpp"
#include "impl/simd/soft/mass_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the gradient of a part of a row, which begins at element `begin` of it, to g. Of each
/// block, read(at, n) reads elements [at, at + n) of the part; component(at, j, there, c) returns
/// the components, times 2^512 in pairs, of the vector that begins at element j of the block and
/// has `there` of its lanes, c being their coefficients.
template <class Source, class Targets, class Read, class Component>
HWY_INLINE void put_components(const Targets& c, std::ptrdiff_t begin, VectorView<double> g,
                               Read read, Component component) {
  Source source(c);
  BlockWriter<double> writer(g);
  for_each_block(g.size, [&](std::ptrdiff_t at, std::ptrdiff_t n) HWY_ATTR {
    read(at, n);
    source.read(begin + at, n);
    double* out = writer.block(at);
    for_each_vector(n, [&](std::ptrdiff_t j, std::ptrdiff_t there) HWY_ATTR {
      const WidePair c_j = coefficients_at(source, j, there);
      const WideVec g_j = rounded_component(component(at, j, there, c_j));
      there == lanes(Wide()) ? hn::StoreU(g_j, Wide(), out + j)
                             : store_first(Wide(), g_j, out + j, there);
    });
    writer.written(at, n);
  });
}

/// Returns the terms of x in units of 2^-256 of the row's, which x is overwritten with.
template <class Exp>
HWY_INLINE WidePair terms_of(const ExpInUnit<Exp>& unit, WideVec x) {
  WideVec high[1] = {x};
  WideVec low[1] = {hn::Zero(Wide())};
  if constexpr (Exp::in_pairs)
    unit.template to_parts<Reach::any>(high, low);
  else
    unit.template to_terms<Reach::any>(high);
  return {high[0], low[0]};
}

/// Writes the components of part x of a row, which begins at element `begin` of it, to g.
template <class Exp, class Source, class Targets>
HWY_INLINE void double_gradient_part(const Targets& c, const WholeRow& row,
                                     const SoftPairFactors& factors, VectorView<const double> x,
                                     std::ptrdiff_t begin, VectorView<double> g) {
  const ExpInUnit<Exp> unit(row.unit, Exp::sum_scale);
  const WideVec m = hn::Set(Wide(), row.m);
  BlockReader<double> reader(x);
  const double* p = nullptr;
  put_components<Source>(
      c, begin, g, [&](std::ptrdiff_t at, std::ptrdiff_t n) HWY_ATTR { p = reader.read(at, n); },
      [&](std::ptrdiff_t, std::ptrdiff_t j, std::ptrdiff_t there, const WidePair& c_j) HWY_ATTR {
        const WideVec x_j = vector_at(p, j, there);
        return pair_component(factors, terms_of(unit, x_j), c_j, hn::Eq(x_j, m));
      });
}

/// Finds the factors of a row from the sums of its coefficients and z, the sum of its z-loss, and
/// returns true, or returns false where clamped terms might count or a product leave the normal
/// numbers.
HWY_INLINE bool find_factors(Mass mass, const ScaledPair& z, const WholeRow& row, Pair scale,
                             SoftPairFactors& factors) {
  mass.add_to_others(impl::scale(z.value, z.unit * tail_scale));  // as c has the unit 2^-256
  const Pair total = row.total();
  const Pair t = div(scale, total);
  const double most = std::abs(mass.size * t.hi) / tail_scale;
  factors.tail = set_pair(row.tail);
  factors.all = set_pair(impl::scale(total, tail_scale));
  factors.largest = set_pair(mass.largest);
  factors.rest = set_pair(mass.rest);
  factors.total = set_pair(mass.total);
  factors.t = set_pair(t);
  return std::abs(scale.hi) >= least_factor_in_pairs && std::abs(t.hi) <= 0x1p64 &&
         most >= 0x1p-192 && most <= 0x1p64 && mass.size <= 0x1p64 * tail_scale;
}

/// Writes the gradient of row x against coefficients that the Source gives, and returns true; where
/// it cannot, it returns false and writes nothing.
template <class Exp, class Source>
HWY_INLINE bool put_double_gradient(const Coefficients<double>& c, const WholeRow& row,
                                    VectorView<const double> x, Pair lse, Pair scale,
                                    const RowOutputs<double>& out) {
  SoftPairFactors factors;
  const Mass mass = mass_in_lanes<Source, PairMassLanes>(c, out.threads);
  if (!find_factors(mass, c.z_loss().scaled_mass(lse), row, scale, factors)) return false;
  for_each_part(x.size, out.threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) HWY_ATTR {
    double_gradient_part<Exp, Source>(c, row, factors, part_of(x, begin, end), begin,
                                      part_of(out.g, begin, end));
  });
  return true;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
