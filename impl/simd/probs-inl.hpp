// SPDX-License-Identifier: MIT
// Loss and gradient against probabilities.
//
//   loss = D + l Q,   D = sum_j q_j (m - x_j),   Q = sum_j q_j          a term with q_j = 0 is 0
//   g_j  = t (e_j A_j - q_j n_j)                                        see impl/probs_gradient.hpp
//
// The sums run in double lanes: for f32 plain ones, for f64 compensated ones. The gradient of f32
// runs in double lanes too, and the two components that leave something out are written afterwards;
// that of f64 needs more than double and is computed component by component.

#if defined(XENT_IMPL_SIMD_PROBS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_PROBS_INL
#undef XENT_IMPL_SIMD_PROBS_INL
#else
#define XENT_IMPL_SIMD_PROBS_INL
#endif

#include <hwy/highway.h>

#include "impl/probs_gradient.hpp"
#include "impl/simd/blocks.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Wide = hn::ScalableTag<double>;
using WideVec = hn::Vec<Wide>;
using Narrow = hn::Rebind<float, Wide>;
using NarrowVec = hn::Vec<Narrow>;

HWY_INLINE WideVec load_wide(const double* p) { return hn::LoadU(Wide(), p); }
HWY_INLINE WideVec load_wide(const float* p) {
  return hn::PromoteTo(Wide(), hn::LoadU(Narrow(), p));
}

template <class T>
HWY_INLINE WideVec load_wide_padded(const T* p, std::ptrdiff_t n, double padding) {
  HWY_ALIGN double padded[hn::MaxLanes(Wide())];
  for (std::ptrdiff_t j = 0; j < lanes(Wide()); ++j)
    padded[j] = j < n ? static_cast<double>(p[j]) : padding;
  return hn::Load(Wide(), padded);
}

/// D and Q.
struct TargetSums {
  Pair gap, mass;
};

/// Lanes of D and Q; `Compensated` keeps the errors of the sums and of m - x_j.
template <bool Compensated>
class TargetLanes {
 public:
  TargetLanes()
      : gap_(hn::Zero(Wide())),
        gap_lo_(hn::Zero(Wide())),
        mass_(hn::Zero(Wide())),
        mass_lo_(hn::Zero(Wide())) {}
  HWY_INLINE void add(WideVec x, WideVec q, WideVec m) {
    const auto absent = hn::Eq(q, hn::Zero(Wide()));
    const WideVec d = hn::Sub(m, x);
    const WideVec term = hn::IfThenZeroElse(absent, hn::Mul(q, d));
    if constexpr (Compensated) {
      const WideVec x_part = hn::Sub(m, d);
      const WideVec e = hn::Sub(hn::Sub(m, hn::Add(d, x_part)), hn::Sub(x, x_part));
      gap_lo_ = hn::Add(gap_lo_, hn::IfThenZeroElse(absent, hn::Mul(q, e)));
      add_exactly(gap_, gap_lo_, term);
      add_exactly(mass_, mass_lo_, q);
    } else {
      gap_ = hn::Add(gap_, term);
      mass_ = hn::Add(mass_, q);
    }
  }
  TargetSums total() const {
    return {sum_of_lanes(Wide(), gap_, gap_lo_), sum_of_lanes(Wide(), mass_, mass_lo_)};
  }

 private:
  static HWY_INLINE void add_exactly(WideVec& hi, WideVec& lo, WideVec term) {
    const WideVec sum = hn::Add(hi, term);
    const WideVec term_part = hn::Sub(sum, hi);
    lo = hn::Add(lo, hn::Add(hn::Sub(hi, hn::Sub(sum, term_part)), hn::Sub(term, term_part)));
    hi = sum;
  }
  WideVec gap_, gap_lo_, mass_, mass_lo_;
};

template <class T>
HWY_INLINE TargetSums target_sums(VectorView<const T> x, VectorView<const T> q, double maximum) {
  const std::ptrdiff_t w = lanes(Wide());
  const WideVec m = hn::Set(Wide(), maximum);
  TargetLanes<sizeof(T) == 8> sums;
  BlockReader<T> x_reader(x);
  BlockReader<T> q_reader(q);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const T* px = x_reader.read(begin, n);
    const T* pq = q_reader.read(begin, n);
    std::ptrdiff_t j = 0;
    for (; j + w <= n; j += w) sums.add(load_wide(px + j), load_wide(pq + j), m);
    if (j < n)
      sums.add(load_wide_padded(px + j, n - j, maximum), load_wide_padded(pq + j, n - j, 0), m);
  });
  return sums.total();
}

/// Component j alone, exactly enough for every type.
template <class T>
HWY_INLINE T probs_gradient_at(VectorView<const T> x, VectorView<const T> q, const RowState& row,
                               const Mass& mass, Pair t, std::ptrdiff_t j) {
  const Pair e_j = exp_of_distance(row, static_cast<double>(x[j]));
  const Pair g_j = probs_component(row, mass, j, e_j, static_cast<double>(q[j]), t);
  return static_cast<T>(g_j.hi + g_j.lo);
}

HWY_INLINE void probs_gradient(VectorView<const double> x, VectorView<const double> q,
                               const RowState& row, Pair scale, VectorView<double> g) {
  const Pair t = div(scale, one_plus_tail(row));
  const Mass mass = target_mass(q);
  for (std::ptrdiff_t j = 0; j < x.size; ++j) g[j] = probs_gradient_at(x, q, row, mass, t, j);
}

/// What is the same for all components of a row of f32.
struct WideFactors {
  WideVec total, one_plus_tail, t;
};

/// t (e (Q - q) - q (1 + R - e)), e = exp(x - m) of f32 lanes widened.
HWY_INLINE NarrowVec probs_term(NarrowVec x, NarrowVec q, float m, const WideFactors& row) {
  const Narrow tag;
  NarrowVec one[1] = {x};
  const ScaledExp<Narrow, 1> exp = scaled_exp(tag, one, hn::Set(tag, m));
  const WideVec one_plus_s = hn::Add(hn::Set(Wide(), 1.0), hn::PromoteTo(Wide(), exp.s[0]));
  const auto power = hn::PromoteTo(Wide(), hn::IfThenZeroElse(exp.zero[0], exp.power[0]));
  const auto s_kept = hn::IfThenElse(hn::Eq(power, hn::Zero(Wide())), power, one_plus_s);
  const WideVec e = hn::Mul(hn::Mul(s_kept, power), hn::Set(Wide(), 0x1p-64));
  const WideVec wide_q = hn::PromoteTo(Wide(), q);
  const WideVec first = hn::Mul(e, hn::Sub(row.total, wide_q));
  const WideVec second = hn::Mul(wide_q, hn::Sub(row.one_plus_tail, e));
  return hn::DemoteTo(tag, hn::Mul(hn::Sub(first, second), row.t));
}

HWY_INLINE void probs_gradient(VectorView<const float> x, VectorView<const float> q,
                               const RowState& row, Pair scale, VectorView<float> g) {
  const Narrow tag;
  const std::ptrdiff_t w = lanes(tag);
  const Pair t = div(scale, one_plus_tail(row));
  const Mass mass = target_mass(q);
  const auto m = static_cast<float>(row.m);
  const WideFactors factors = {hn::Set(Wide(), mass.total.hi),
                               hn::Set(Wide(), one_plus_tail(row).hi), hn::Set(Wide(), t.hi)};
  BlockReader<float> x_reader(x);
  BlockReader<float> q_reader(q);
  BlockWriter<float> writer(g);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const float* px = x_reader.read(begin, n);
    const float* pq = q_reader.read(begin, n);
    float* out = writer.block(begin);
    std::ptrdiff_t j = 0;
    for (; j + w <= n; j += w)
      hn::StoreU(probs_term(hn::LoadU(tag, px + j), hn::LoadU(tag, pq + j), m, factors), tag,
                 out + j);
    if (j < n) {
      const auto last_x = load_padded(tag, px + j, n - j, m);
      const auto last_q = load_padded(tag, pq + j, n - j, 0.0F);
      store_first(tag, probs_term(last_x, last_q, m, factors), out + j, n - j);
    }
    writer.written(begin, n);
  });
  g[row.argmax] = probs_gradient_at(x, q, row, mass, t, row.argmax);
  g[mass.largest] = probs_gradient_at(x, q, row, mass, t, mass.largest);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
