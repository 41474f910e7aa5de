// SPDX-License-Identifier: MIT
// Rows of few classes, one in each lane: the logits of a group of rows stand as columns, one vector
// for each class, and everything that comes once a row is computed for all rows at a time. With
// m = x_a the maximum of a lane, in the lane's unit 2^M near exp(m),
//
//   R = sum_{j != a} exp(x_j) / exp(m),   l = log1p(R),   loss = w ((m - x_y) + l)
//   g_j = t exp(x_j),   t = scale / (exp(m) + tail),      g_y = -t sum_{j != y} exp(x_j)
//
// The terms are those of simd/table_exp-inl.hpp; from them on all is computed in double. A row
// whose maximum or factors leave the range of plain units is not is_ordinary() and goes by blocks,
// as wide rows do. Which way a row goes depends on the row and the number of classes alone.
//
// Error: that of a term, in f32 lanes of one float also that of the sum of two of them; what
// follows errs by 2^-50. A component is rounded once. Proof: docs/error_bounds.md, "Rows of few
// classes".

#if defined(XENT_IMPL_SIMD_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_COLUMNS_INL
#undef XENT_IMPL_SIMD_COLUMNS_INL
#else
#define XENT_IMPL_SIMD_COLUMNS_INL
#endif

#include <cmath>
#include <cstdint>
#include <limits>

#include <hwy/highway.h>

#include "impl/label_group.hpp"
#include "impl/simd/log1p-inl.hpp"
#include "impl/simd/table_exp-inl.hpp"
#include "impl/simd/term_sum-inl.hpp"
#include "impl/simd/transpose-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What is known of each lane, in double: 2^(120 - M) and the lift are in the unit of `top` and
/// `tail`.
struct ColumnRows {
  alignas(64) double m[most_lanes];
  alignas(64) double top[most_lanes];
  alignas(64) double tail[most_lanes];
  alignas(64) double l[most_lanes];
  alignas(64) float argmax[most_lanes];
};

template <class Exp>
class Columns {
  using D = hn::ScalableTag<float>;
  using V = hn::Vec<D>;
  using Top = std::conditional_t<Exp::in_pairs, F64Exp, WideExp>;  // of the term of the maximum

 public:
  static constexpr std::ptrdiff_t most_classes = 64;

  /// Rows [first, first + count) of x, count being at most a vector's.
  template <class T>
  HWY_INLINE Columns(const MatrixView<const T>& x, std::ptrdiff_t first, int count)
      : classes_(x.cols), padded_((x.cols + 1) / 2 * 2) {
    load_columns(x, first, count, x_);
    const auto nothing = hn::Set(D(), -std::numeric_limits<float>::infinity());
    for (std::ptrdiff_t j = classes_; j < padded_; ++j) hn::Store(nothing, D(), column(x_, j));
    find_maxima();
  }

  /// The lanes that hold what becomes of their rows, by bits, but for large factors. After
  /// find_logarithms().
  HWY_INLINE std::uint64_t ordinary() const {
    std::uint64_t bits = 0;
    const std::ptrdiff_t n = lanes(Wide());
    for (std::ptrdiff_t k = 0; k < lanes(D()); k += n) {
      const WideVec m = hn::Load(Wide(), rows_.m + k);
      const auto plain = hn::And(hn::Ge(m, hn::Set(Wide(), Exp::least_plain)),
                                 hn::Le(m, hn::Set(Wide(), Exp::largest_plain)));
      const auto number = hn::Ge(hn::Load(Wide(), rows_.tail + k), hn::Zero(Wide()));  // no NaN
      std::uint8_t mask[8] = {};
      hn::StoreMaskBits(Wide(), hn::And(plain, number), mask);
      bits |= std::uint64_t{mask[0]} << k;
    }
    return bits;
  }

  /// The terms of all columns, which are kept where they are wanted for the gradient; their sums,
  /// the logarithms. Lanes that are not ordinary hold nonsense.
  template <bool keeps_terms>
  HWY_INLINE void find_logarithms() {
    const ExpInUnit<Exp> unit(exponent_, Exp::sum_scale);
    const V argmax = hn::Load(D(), rows_.argmax);
    TermSum<Exp> sum;
    for (std::ptrdiff_t j = 0; j < padded_; j += 2) {
      V x[2] = {hn::Load(D(), column(x_, j)), hn::Load(D(), column(x_, j + 1))};
      V low[2];
      if constexpr (Exp::in_pairs)
        unit.template to_term_pairs<Reach::plain>(x, low);
      else
        unit.template to_terms<Reach::plain>(x);
      for (std::ptrdiff_t i = 0; i < 2; ++i) {
        if constexpr (keeps_terms) hn::Store(x[i], D(), column(term_, j + i));
        if constexpr (keeps_terms && Exp::in_pairs) hn::Store(low[i], D(), column(low_, j + i));
        const auto held = hn::Eq(argmax, hn::Set(D(), static_cast<float>(j + i)));
        x[i] = hn::IfThenZeroElse(held, x[i]);
        if constexpr (Exp::in_pairs) low[i] = hn::IfThenZeroElse(held, low[i]);
      }
      if constexpr (Exp::in_pairs)
        sum.add(x[0], low[0], x[1], low[1]);
      else
        sum.add(x[0], x[1]);
    }
    sum.store(rows_.tail);
    const std::ptrdiff_t w = lanes(Wide());
    for (std::ptrdiff_t k = 0; k < lanes(D()); k += w) {
      WideVec e[1] = {hn::Load(Wide(), rows_.m + k)};
      ExpInUnit<Top>({}, 0).template to_terms<Reach::plain>(e);
      const WideVec top = hn::Mul(e[0], unit_scale(k));
      hn::Store(top, Wide(), rows_.top + k);
      const WideVec tail = hn::Load(Wide(), rows_.tail + k);
      hn::Store(log_of_quotient(Wide(), top, tail), Wide(), rows_.l + k);
    }
  }

  double log_sum_exp(int k) const { return rows_.m[k] + rows_.l[k]; }

  /// The loss of row k against label y. One by one: a vector of what was stored one by one would
  /// wait until that has left the core's store buffer.
  double loss(int k, std::ptrdiff_t y) const {
    return (rows_.m[k] - static_cast<double>(column(x_, y)[k])) + rows_.l[k];
  }

  /// Writes the gradients of wanted rows, with the factors w and scale, to rows [first, first +
  /// count) of g, but for the labels. After find_logarithms().
  template <class T>
  HWY_INLINE void put_gradient(const double* w, double scale, const MatrixView<T>& g,
                               std::ptrdiff_t first, int count, std::uint64_t wanted) {
    const std::ptrdiff_t n = lanes(Wide());
    for (std::ptrdiff_t k = 0; k < lanes(D()); k += n) {
      const WideVec total =
          hn::Add(hn::Load(Wide(), rows_.top + k), hn::Load(Wide(), rows_.tail + k));
      const WideVec factor = hn::Mul(hn::LoadU(Wide(), w + k), hn::Set(Wide(), scale));
      hn::Store(hn::Div(factor, total), Wide(), t_ + k);
    }
    store_columns([this](std::ptrdiff_t j) { return gradient_column(j); }, g, first, count, wanted);
  }

  /// The component at label y of row k.
  double gradient_at_label(int k, std::ptrdiff_t y) const {
    const bool is_argmax = static_cast<std::ptrdiff_t>(rows_.argmax[k]) == y;
    return -t_[k] * (is_argmax ? rows_.tail[k] : rows_.top[k] + (rows_.tail[k] - term(y, k)));
  }

 private:
  template <class Array>
  static auto* column(Array& columns, std::ptrdiff_t j) {
    return columns + j * most_lanes;
  }

  double term(std::ptrdiff_t j, int k) const {
    const auto high = static_cast<double>(column(term_, j)[k]);
    return Exp::in_pairs ? high + static_cast<double>(column(low_, j)[k]) : high;
  }

  HWY_INLINE void find_maxima() {
    V m = hn::Set(D(), -std::numeric_limits<float>::infinity());
    V at = hn::Zero(D());
    for (std::ptrdiff_t j = 0; j < classes_; ++j) {
      const V x = hn::Load(D(), column(x_, j));
      at = hn::IfThenElse(hn::Gt(x, m), hn::Set(D(), static_cast<float>(j)), at);
      m = larger(m, x);
    }
    hn::Store(at, D(), rows_.argmax);
    exponent_ = hn::Round(hn::Mul(m, hn::Set(D(), Exp::log2_e)));
    alignas(64) float maxima[most_lanes];
    hn::Store(m, D(), maxima);
    const std::ptrdiff_t n = lanes(Wide());
    for (std::ptrdiff_t k = 0; k < lanes(D()); k += n)
      hn::Store(hn::PromoteTo(Wide(), hn::LoadU(Narrow(), maxima + k)), Wide(), rows_.m + k);
  }

  /// 2^(120 - M) and the lift, of lanes k, k + 1, …
  HWY_INLINE WideVec unit_scale(std::ptrdiff_t k) const {
    alignas(64) float exponents[most_lanes];
    hn::Store(exponent_, D(), exponents);
    const WideVec exponent = hn::PromoteTo(Wide(), hn::LoadU(Narrow(), exponents + k));
    const hn::RebindToUnsigned<Wide> bits;
    const auto biased = hn::Sub(hn::Set(Wide(), 0x1.8p52 + 1023 + Exp::sum_scale), exponent);
    const auto power = hn::BitCast(Wide(), hn::ShiftLeft<52>(hn::BitCast(bits, biased)));
    return hn::Mul(power, hn::Set(Wide(), Exp::template lift<table_size>));
  }

  /// Lanes k, k + 1, … of column j of the gradient.
  HWY_INLINE NarrowVec gradient_lanes(std::ptrdiff_t j, std::ptrdiff_t k) const {
    WideVec e = hn::PromoteTo(Wide(), hn::LoadU(Narrow(), column(term_, j) + k));
    if constexpr (Exp::in_pairs)
      e = hn::Add(e, hn::PromoteTo(Wide(), hn::LoadU(Narrow(), column(low_, j) + k)));
    return hn::DemoteTo(Narrow(), hn::Mul(e, hn::Load(Wide(), t_ + k)));
  }

  HWY_INLINE V gradient_column(std::ptrdiff_t j) const {
#if HWY_TARGET == HWY_SCALAR
    return gradient_lanes(j, 0);
#else
    return hn::Combine(D(), gradient_lanes(j, lanes(Wide())), gradient_lanes(j, 0));
#endif
  }

  std::ptrdiff_t classes_, padded_;
  V exponent_;  // M
  ColumnRows rows_;
  alignas(64) float x_[most_classes * most_lanes];
  alignas(64) float term_[most_classes * most_lanes];
  alignas(64) double t_[most_lanes];
  alignas(64) float low_[Exp::in_pairs ? most_classes * most_lanes : 1];
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
