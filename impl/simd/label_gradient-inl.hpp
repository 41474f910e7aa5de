// SPDX-License-Identifier: MIT
// The gradient against a label: with t = scale / (1 + R) = t_hi + t_lo,
//
//   g_j = t exp(x_j - m) = 2^k (t_hi + (s t_hi + t_lo)),   exp(x_j - m) = 2^k (1 + s)
//   g_y = -t n,                                            n = sum_{j != y} exp(x_j - m)
//
// The product with t takes the place of 1 + s, so it costs no rounding of its own.

#if defined(XENT_IMPL_SIMD_LABEL_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#undef XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/simd/blocks.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// t split into two numbers of the type.
template <class T>
struct Factor {
  T hi, lo;
  explicit Factor(Pair t)
      : hi(static_cast<T>(t.hi)), lo(static_cast<T>((t.hi - static_cast<double>(hi)) + t.lo)) {}
};

/// t exp(x - m).
template <class D, class V = hn::Vec<D>, class T = hn::TFromD<D>>
HWY_INLINE V gradient_term(D tag, V x, V m, const Factor<T>& t) {
  const ScaledExp<D> exp = scaled_exp(tag, x, m);
  const V t_hi = hn::Set(tag, t.hi);
  const V w = hn::Add(t_hi, hn::MulAdd(exp.s, t_hi, hn::Set(tag, t.lo)));
  constexpr T unscale =
      T{1} / static_cast<T>(ExpConstants<T>::range_shift == 64 ? 0x1p64 : 0x1p256);
  return hn::IfThenZeroElse(exp.zero, hn::Mul(hn::Mul(w, exp.power), hn::Set(tag, unscale)));
}

/// exp(x_j - m), to 2^-52.
HWY_INLINE Pair exp_of_distance(const RowState& row, double x_j) {
  const Pair d = distance(row, x_j);
  const double e = std::exp(-d.hi);
  return {e, -e * d.lo};
}

template <class T>
HWY_INLINE void label_gradient(VectorView<const T> x, std::ptrdiff_t y, const RowState& row,
                               Pair scale, VectorView<T> g) {
  const hn::ScalableTag<T> tag;
  const std::ptrdiff_t w = lanes(tag);
  const Pair t = div(scale, one_plus_tail(row));
  const Factor<T> factor(t);
  const auto m = hn::Set(tag, static_cast<T>(row.m));
  const auto e_y = exp_of_distance(row, static_cast<double>(x[y]));
  BlockReader<T> reader(x);
  BlockWriter<T> writer(g);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const T* p = reader.read(begin, n);
    T* out = writer.block(begin);
    std::ptrdiff_t j = 0;
    for (; j + w <= n; j += w)
      hn::StoreU(gradient_term(tag, hn::LoadU(tag, p + j), m, factor), tag, out + j);
    if (j < n) {
      const auto last = load_padded(tag, p + j, n - j, static_cast<T>(row.m));
      store_first(tag, gradient_term(tag, last, m, factor), out + j, n - j);
    }
    writer.written(begin, n);
  });
  const Pair g_y = mul(t, others(row, y, e_y));
  g[y] = static_cast<T>(-(g_y.hi + g_y.lo));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
