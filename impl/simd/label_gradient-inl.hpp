// SPDX-License-Identifier: MIT
// The gradient against a label: with t = scale / (1 + R) = t_hi + t_lo,
//
//   g_j = t exp(x_j - m) = 2^k (t_hi + (s t_hi + t_lo)),   exp(x_j - m) = 2^k (1 + s)
//   g_y = -t n,                                            n = sum_{j != y} exp(x_j - m)
//
// The product with t takes the place of 1 + s, so it costs no rounding of its own. Where a weight
// makes t too large or too small for the lanes, the C library's exponential is used.

#if defined(XENT_IMPL_SIMD_LABEL_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#undef XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/scaled_term.hpp"
#include "impl/simd/blocks-inl.hpp"
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

/// x = t exp(x - m).
template <class D, std::size_t N, class V = hn::Vec<D>, class T = hn::TFromD<D>>
HWY_INLINE void to_gradient_terms(D tag, V (&x)[N], V m, const Factor<T>& t) {
  const ScaledExp<D, N> exp = scaled_exp(tag, x, m);
  const V t_hi = hn::Set(tag, t.hi);
  const V t_lo = hn::Set(tag, t.lo);
  const V unscale = hn::Set(tag, ExpConstants<T>::unscale);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(exp.s[n], t_hi, t_lo);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::Add(t_hi, x[n]);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(hn::Mul(x[n], exp.power[n]), unscale);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::IfThenZeroElse(exp.zero[n], x[n]);
}

/// t. For f32 double is enough.
template <class T>
HWY_INLINE Pair label_factor(const RowState& row, Pair scale) {
  if constexpr (sizeof(T) < 8) return exactly(scale.hi / (1 + row.tail.hi / tail_scale));
  return div(scale, one_plus_tail(row));
}

/// -t n.
template <class T>
HWY_INLINE double gradient_at_label(const RowState& row, std::ptrdiff_t y, double x_y, Pair t) {
  const Pair term = scaled_term(x_y, row.m);
  if constexpr (sizeof(T) < 8) {
    const double n = y == row.argmax ? row.tail.hi : tail_scale + (row.tail.hi - term.hi);
    return -(t.hi * n) / tail_scale;
  } else {
    const Pair g_y = mul(t, scaled_others(row, y, term));
    return -(g_y.hi + g_y.lo) / tail_scale;
  }
}

/// Whether lanes may multiply by t: what they drop as zero stays below half of the smallest number,
/// and t is split into normal numbers.
template <class T>
HWY_INLINE bool fits_lanes(double t) {
  using Constants = ExpConstants<T>;
  return t == 0 ||
         (Constants::least_factor <= std::abs(t) && std::abs(t) <= Constants::largest_factor);
}

template <class T>
HWY_INLINE void label_gradient_lanes(VectorView<const T> x, const RowState& row, Pair t,
                                     VectorView<T> g) {
  using A = LossOf<T>;
  using D = hn::ScalableTag<A>;
  const D tag;
  const std::ptrdiff_t w = lanes(tag);
  const Factor<A> factor(t);
  const auto m = hn::Set(tag, static_cast<A>(row.m));
  BlockReader<T> reader(x);
  BlockWriter<T> writer(g);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const A* p = reader.read(begin, n);
    A* out = writer.block(begin);
    std::ptrdiff_t j = 0;
    for (; j + interleaved * w <= n; j += interleaved * w) {
      hn::Vec<D> v[interleaved];
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) v[i] = hn::LoadU(tag, p + j + i * w);
      to_gradient_terms(tag, v, m, factor);
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) hn::StoreU(v[i], tag, out + j + i * w);
    }
    for (; j < n; j += w) {
      hn::Vec<D> v[1] = {j + w <= n ? hn::LoadU(tag, p + j) : load_padded(tag, p + j, n - j, A{0})};
      to_gradient_terms(tag, v, m, factor);
      if (j + w <= n)
        hn::StoreU(v[0], tag, out + j);
      else
        store_first(tag, v[0], out + j, n - j);
    }
    writer.written(begin, n);
  });
}

/// The same for every t. Apart, because it is seldom called.
template <class T>
HWY_NOINLINE void label_gradient_terms(VectorView<const T> x, const RowState& row, Pair t,
                                       VectorView<T> g) {
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const Pair g_j = mul(t, scaled_term(static_cast<double>(x[j]), row.m));
    g[j] = static_cast<T>((g_j.hi + g_j.lo) / tail_scale);
  }
}

template <class T>
HWY_INLINE void label_gradient(VectorView<const T> x, std::ptrdiff_t y, const RowState& row,
                               Pair scale, VectorView<T> g) {
  const Pair t = label_factor<T>(row, scale);
  const double g_y = gradient_at_label<T>(row, y, static_cast<double>(x[y]), t);  // g may be x
  if (fits_lanes<LossOf<T>>(t.hi)) {
    label_gradient_lanes(x, row, t, g);
  } else {
    label_gradient_terms(x, row, t, g);
  }
  g[y] = static_cast<T>(g_y);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
