// SPDX-License-Identifier: MIT
// Rows of at most short_row_classes elements, one in each lane of a vector of floats: column j holds
// element j of each row. With m = x_a the maximum of a row and 2^M near exp(m) its unit, it computes
//
//   tail = sum_{j != a} exp(x_j)     in that unit
//
// Error: that of a term (simd/math/table_exp-inl.hpp), and where a term is one float that of the
// sum of two terms. Proof: docs/error_bounds.md, lemma 64 (rows in lanes).
//
// More than 150 lines: one class, whose steps are called in order on the same arrays.

#if defined(XENT_IMPL_SIMD_GROUPS_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_COLUMNS_INL
#undef XENT_IMPL_SIMD_GROUPS_COLUMNS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_COLUMNS_INL
#endif

#include <hwy/highway.h>

#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exponential-inl.hpp"
#include "impl/simd/reduce/float_sum-inl.hpp"
#include "impl/simd/reduce/row_unit-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The columns: load(), put_maxima(), sum_terms(), in that order; then term() and wide_terms().
template <class Exp>
class Columns {
  using D = hn::ScalableTag<float>;
  using V = hn::Vec<D>;

 public:
  static constexpr bool is_mapped = false;
  static constexpr std::ptrdiff_t most_classes = short_row_classes;
  static constexpr int most_rows = most_in_group;
  /// The maxima of rows that need no origin: a sweep without one may see as large a maximum.
  static constexpr double least_maximum = Exp::least_plain;
  static constexpr double largest_maximum = Exp::largest_plain + most_rise;
  static constexpr double unit =
      in_tail_unit(Exp::template table_factor<table_size>);  // of kept terms

  HWY_INLINE Columns() = default;  // named, or g++ compiles it for the baseline

  /// Copies rows [first, first + count) of x; the other lanes copy row `first`.
  template <class T>
  HWY_INLINE void load(const MatrixView<const T>& x, std::ptrdiff_t first, int count) {
    size_ = x.cols;
    m_ = load_columns(x, first, count, x_);
    if (size_ % 2 != 0) hn::Store(hn::Set(D(), minus_infinity<float>), D(), column(x_, size_));
  }

  /// Copies rows [begin, begin + count) of a group likewise.
  template <class Group>
  HWY_INLINE void load_rows(const Group& group, int begin, int count) {
    load(group.x, group.first + begin, count);
  }

  /// Puts zeros in the places of a lane's elements and of its maximum. Call put_maxima() after it.
  void leave_out(int lane) {
    for (std::ptrdiff_t j = 0; j < size_; ++j) x_[j * column_pitch + lane] = 0;
    alignas(64) float m[column_pitch];
    hn::Store(m_, D(), m);
    m[lane] = 0;
    m_ = hn::Load(D(), m);
  }

  /// Writes m and M of the lanes to entries `begin`, begin + 1, … of `rows`.
  HWY_INLINE void put_maxima(GroupState& rows, int begin) {
    exponent_ = exponent_near<Exp>(hn::Add(m_, hn::Set(D(), Exp::nudge)));
    put_wide(m_, rows.m + begin);
    put_wide(exponent_, rows.exponent + begin);
  }

  /// Writes the tails of the lanes likewise. With `keeps_terms` the terms take the places of the
  /// elements.
  template <bool keeps_terms>
  HWY_INLINE void sum_terms(GroupState& rows, int begin) {
    const ExpInUnit<Exp> exp(0, exponent_, Exp::sum_scale);
    TermSum<Exp> sum;
    Maximum held{m_, hn::Zero(D()), hn::Eq(m_, m_)};
    std::ptrdiff_t j = 0;
    for (; j + interleaved <= size_; j += interleaved)
      add_columns<keeps_terms, interleaved>(j, exp, held, sum);
    for (; j < size_; j += 2) add_columns<keeps_terms, 2>(j, exp, held, sum);
    sum.store(rows.tail + begin);
  }

  /// Returns element j of a lane; before sum_terms().
  double element(std::ptrdiff_t j, int lane) const {
    return static_cast<double>(x_[j * column_pitch + lane]);
  }

  /// Returns element j of lanes k, k + 1, … in double; before sum_terms().
  HWY_INLINE WideVec wide_elements(std::ptrdiff_t j, std::ptrdiff_t k) const {
    return load_lanes<WideExp>(x_ + j * column_pitch + k);
  }

  /// Writes which lanes of each column are the maxima of their rows, as a bit mask; before
  /// sum_terms().
  HWY_INLINE void mark_maxima(std::uint64_t* is_maximum) const {
    for (std::ptrdiff_t j = 0; j < size_; ++j)
      is_maximum[j] = mask_bits(D(), hn::Eq(hn::Load(D(), column(x_, j)), m_));
  }

  /// Returns exp(x_j) of a lane in units of the tail, where terms were kept.
  double term(std::ptrdiff_t j, int lane) const {
    const auto high = static_cast<double>(x_[j * column_pitch + lane]);
    const double s = Exp::in_pairs ? static_cast<double>(s_[j * column_pitch + lane]) : 0;
    return (high + s * high) * unit;
  }

  /// Returns the kept terms of column j of lanes k, k + 1, …; times `unit` they are in units of the
  /// tail.
  HWY_INLINE WideVec wide_terms(std::ptrdiff_t j, std::ptrdiff_t k) const {
    const std::ptrdiff_t at = j * column_pitch + k;
    const WideVec high = load_lanes<WideExp>(x_ + at);
    if constexpr (!Exp::in_pairs) return high;
    return hn::MulAdd(high, load_lanes<WideExp>(s_ + at), high);
  }

 private:
  /// Returns where column j begins.
  template <class Array>
  static HWY_INLINE auto* column(Array& columns, std::ptrdiff_t j) {
    return columns + j * column_pitch;
  }

  /// What the sum leaves out: one maximum of each lane, found by its value in kinds in pairs, else
  /// as the largest term.
  struct Maximum {
    V m;
    V term;               // the largest term so far
    hn::Mask<D> is_left;  // whether m is still to come
  };

  /// Adds the terms of N columns from j on. Where a term is one float, it skips the largest term;
  /// if rounding makes another element's term the largest, the error is no larger.
  template <bool keeps_terms, std::size_t N>
  HWY_INLINE void add_columns(std::ptrdiff_t j, const ExpInUnit<Exp>& exp, Maximum& max,
                              TermSum<Exp>& sum) {
    V x[N];
    V s[N];
    hn::Mask<D> held[N];
    XENT_FOR_EACH_VECTOR(n) {
      x[n] = hn::Load(D(), column(x_, j + static_cast<std::ptrdiff_t>(n)));
      held[n] = hn::And(hn::Eq(x[n], max.m), max.is_left);
      if constexpr (Exp::in_pairs) max.is_left = hn::AndNot(held[n], max.is_left);
    }
    if constexpr (Exp::in_pairs)
      exp.template to_parts<Reach::any>(x, s);
    else
      exp.template to_terms<Reach::any>(x);
    XENT_FOR_EACH_VECTOR(n) {
      const std::ptrdiff_t at = j + static_cast<std::ptrdiff_t>(n);
      if constexpr (keeps_terms) hn::Store(x[n], D(), column(x_, at));
      if constexpr (keeps_terms && Exp::in_pairs) hn::Store(s[n], D(), column(s_, at));
      if constexpr (Exp::in_pairs) {
        x[n] = hn::IfThenZeroElse(held[n], x[n]);
      } else {
        const V lesser = smaller(max.term, x[n]);
        max.term = larger(max.term, x[n]);
        x[n] = lesser;
      }
    }
    if constexpr (Exp::in_pairs)
      sum.add(x, s);
    else
      sum.add(x);
  }

  alignas(64) float x_[most_classes * column_pitch];
  alignas(64) float s_[Exp::in_pairs ? most_classes * column_pitch : 1];
  V m_, exponent_;
  std::ptrdiff_t size_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
