// SPDX-License-Identifier: MIT
// The gradient against a label: in the unit of the row's terms, with t = scale / (top + tail),
//
//   g_j = t exp(x_j) = 2^n (t_hi + (s t_hi + t_lo)),   exp(x_j) = 2^n (1 + s),   t = t_hi + t_lo
//   g_y = -t n,                                        n = sum_{j != y} exp(x_j)
//
// The product with t takes the place of 1 + s, so it costs no rounding of its own; in double lanes
// of f32 logits t_lo is not needed. Where a weight makes t too large or too small for the lanes,
// the C library's exponential is used.

#if defined(XENT_IMPL_SIMD_LABEL_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#undef XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_LABEL_GRADIENT_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/row_loss.hpp"
#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/error_free-inl.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// t for lanes of the kind.
template <class Exp>
class LaneFactor {
  using Lane = typename Exp::Lane;
  using V = LaneVec<Exp>;

 public:
  explicit LaneFactor(Pair t)
      : hi_(hn::Set(LaneTag<Exp>(), static_cast<Lane>(t.hi))),
        lo_(hn::Set(
            LaneTag<Exp>(),
            static_cast<Lane>((t.hi - static_cast<double>(static_cast<Lane>(t.hi))) + t.lo))),
        unscale_(hn::Set(LaneTag<Exp>(), static_cast<Lane>(1 / Exp::gradient_scale))) {}

  /// x = t exp(x).
  template <bool is_plain, std::size_t N>
  HWY_INLINE void multiply(const ExpInUnit<Exp>& unit, V (&x)[N]) const {
    V power[N];
    V s[N];
    if constexpr (Exp::in_pairs) {
      const LaneTag<Exp> tag;
      V one[N];
      unit.template factor_pairs<is_plain>(x, power, one, s);
      XENT_FOR_EACH_VECTOR(n) {
        const auto product = two_prod(tag, hi_, one[n]);
        const V rest = hn::MulAdd(hi_, s[n], hn::MulAdd(lo_, one[n], product.lo));
        x[n] = hn::Add(product.hi, rest);
      }
    } else {
      unit.template factors<is_plain>(x, power, s);
      XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(s[n], hi_, lo_);
      XENT_FOR_EACH_VECTOR(n) x[n] = hn::Add(hi_, x[n]);
    }
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(hn::Mul(x[n], power[n]), unscale_);
  }

 private:
  V hi_, lo_, unscale_;
};

/// t. For f32 double is enough.
template <class T>
HWY_INLINE Pair label_factor(const WholeRow& row, Pair scale) {
  if constexpr (sizeof(T) < 8) return exactly(scale.hi / row.total().hi);
  return div(scale, row.total());
}

/// -t n.
template <class T>
HWY_INLINE double gradient_at_label(const WholeRow& row, std::ptrdiff_t y, double x_y, Pair t) {
  const Pair n = row.others(y, term_in_unit<T>(x_y, row.unit));
  const Pair g_y = mul(t, n);
  return -(g_y.hi + g_y.lo) / tail_scale;
}

/// Whether lanes may multiply by t: what they raise to the least power stays below half of the
/// smallest number, and t is split into normal numbers.
template <class Exp>
HWY_INLINE bool fits_lanes(double t) {
  return t == 0 || (Exp::least_factor <= std::abs(t) && std::abs(t) <= Exp::largest_factor);
}

template <class Exp, bool is_plain, class A>
HWY_INLINE void block_gradient(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                               const ExpInUnit<Exp>& unit, const LaneFactor<Exp>& t, A* out) {
  const std::ptrdiff_t w = lanes(LaneTag<Exp>());
  std::ptrdiff_t j = 0;
  for (; j + interleaved * w <= n; j += interleaved * w) {
    LaneVec<Exp> x[interleaved];
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + j + i * w);
    t.template multiply<is_plain>(unit, x);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) store_lanes<Exp>(x[i], out + j + i * w);
  }
  for (; j < n; j += w) {
    LaneVec<Exp> x[1] = {j + w <= n ? load_lanes<Exp>(p + j)
                                    : load_lanes_padded<Exp>(p + j, n - j, A{0})};
    t.template multiply<is_plain>(unit, x);
    if (j + w <= n)
      store_lanes<Exp>(x[0], out + j);
    else
      store_first_lanes<Exp>(x[0], out + j, n - j);
  }
}

template <class Exp, class T>
HWY_INLINE void label_gradient_lanes(VectorView<const T> x, const WholeRow& row, Pair t,
                                     VectorView<T> g) {
  const ExpInUnit<Exp> unit(row.unit, Exp::gradient_exponent);
  const LaneFactor<Exp> factor(t);
  BlockReader<T> reader(x);
  BlockWriter<T> writer(g);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const LossOf<T>* p = reader.read(begin, n);
    LossOf<T>* out = writer.block(begin);
    if (unit.plain())
      block_gradient<Exp, true>(p, n, unit, factor, out);
    else
      block_gradient<Exp, false>(p, n, unit, factor, out);
    writer.written(begin, n);
  });
}

/// The same for every t. Apart, because it is seldom called.
template <class T>
HWY_NOINLINE void label_gradient_terms(VectorView<const T> x, const WholeRow& row, Pair t,
                                       VectorView<T> g) {
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const Pair g_j = mul(t, term_in_unit<T>(static_cast<double>(x[j]), row.unit));
    g[j] = static_cast<T>((g_j.hi + g_j.lo) / tail_scale);
  }
}

template <class Exp, class T>
HWY_INLINE void label_gradient(VectorView<const T> x, std::ptrdiff_t y, const WholeRow& row,
                               Pair scale, VectorView<T> g) {
  const Pair t = label_factor<T>(row, scale);
  const double g_y = gradient_at_label<T>(row, y, static_cast<double>(x[y]), t);  // g may be x
  if (fits_lanes<Exp>(t.hi)) {
    label_gradient_lanes<Exp>(x, row, t, g);
  } else {
    label_gradient_terms(x, row, t, g);
  }
  g[y] = static_cast<T>(g_y);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
