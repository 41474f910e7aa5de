// SPDX-License-Identifier: MIT
// Computes the gradient of a row of f32 or 16-bit logits that a temperature and a softcap map,
// against soft targets, in double lanes:
//
//   g_j = slope_j t (e_j A_j - c_j n_j)     (impl/rows/soft_gradient.hpp)
//
// t has the factor 1 / T. A component is rounded once.
//
// Error: docs/error_bounds.md, lemmas 35 and 89 (the gradient of soft targets; mapped logits in
// lanes).

#if defined(XENT_IMPL_SIMD_MAPPED_MAPPED_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MAPPED_MAPPED_GRADIENT_INL
#undef XENT_IMPL_SIMD_MAPPED_MAPPED_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_MAPPED_MAPPED_GRADIENT_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/mapped/mapped_reader-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/soft/soft_component-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the components of part x of a row, which begins at element `begin` of it, to g.
template <class Exp, class Source, class T>
HWY_INLINE void mapped_gradient_part(const Coefficients<T>& c, const SoftGradient& gradient,
                                     const LogitMap& map, VectorView<const T> x,
                                     std::ptrdiff_t begin, VectorView<T> g) {
  const SoftFactors row(gradient, 1);
  const ExpInUnit<Exp> unit(gradient.row.unit, Exp::sum_scale);
  const std::ptrdiff_t w = lanes(Wide());
  Source source(c);
  MappedReader<T, true> reader(x, map);
  BlockWriter<T> writer(g);
  const auto component = [&](const double* z, const double* slope, WideVec c_j) HWY_ATTR {
    const WideVec z_j = hn::Load(Wide(), z);
    WideVec e[1] = {z_j};
    unit.template to_terms<Reach::any>(e);
    const WideVec g_z = soft_component<true>(z_j, e[0], c_j, row);
    return hn::DemoteTo(Narrow(), hn::Mul(g_z, hn::Load(Wide(), slope)));
  };
  for_each_block(x.size, [&](std::ptrdiff_t at, std::ptrdiff_t n) HWY_ATTR {
    const double* z = reader.read(at, n);
    source.read(begin + at, n);
    float* out = writer.block(at);
    std::ptrdiff_t j = 0;
    for (; j + w <= n; j += w)
      hn::StoreU(component(z + j, reader.slopes() + j, source.at(j).hi), Narrow(), out + j);
    if (j < n)
      store_first(Narrow(), component(z + j, reader.slopes() + j, source.last(j, n - j).hi),
                  out + j, n - j);
    writer.written(at, n);
  });
}

/// Writes the gradient of row x to out.g.
template <class Exp, class Source, class T>
HWY_INLINE void put_mapped_gradient(const Coefficients<T>& c, const SoftGradient& gradient,
                                    const LogitMap& map, VectorView<const T> x,
                                    const RowOutputs<T>& out) {
  for_each_part(x.size, out.threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    mapped_gradient_part<Exp, Source>(c, gradient, map, part_of(x, begin, end), begin,
                                      part_of(out.g, begin, end));
  });
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
