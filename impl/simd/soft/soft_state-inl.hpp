// SPDX-License-Identifier: MIT
// Computes the state of a row and its sums against soft targets, block by block in one sweep:
//
//   D = sum_j c_j (m - x_j),   Q = sum_j c_j         (a term with c_j = 0 is 0)
//
// D is about the maximum m so far, so all its distances are >= 0; where m rises by r, D grows by Q
// r. The sums run in double lanes, plain for f32 and 16-bit logits, compensated for f64.
//
// Error for C <= 2^26, of sum_j |c_j| (m - x_j) and of sum_j |c_j|: 2^-34 in f32, 2^-66 in f64.
// Proof: docs/error_bounds.md, lemma 33 (D and Q of soft targets).

#if defined(XENT_IMPL_SIMD_SOFT_SOFT_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SOFT_STATE_INL
#undef XENT_IMPL_SIMD_SOFT_SOFT_STATE_INL
#else
#define XENT_IMPL_SIMD_SOFT_SOFT_STATE_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/rows/row_loss.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/parts-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"
#include "impl/simd/soft/coefficient_lanes-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The sums over the blocks of a row, or of a part of one.
template <class T>
class TargetSweep {
  using Lanes = TargetLanes<sizeof(T) == 8>;

 public:
  HWY_INLINE TargetSweep() : even_(), odd_() {}

  /// Takes block [p, p + n), which is the block of `source`; `maximum` is that of all elements so
  /// far.
  template <class Source, class A>
  HWY_INLINE void take(const Source& source, const A* p, std::ptrdiff_t n, double maximum) {
    if (std::isfinite(maximum) && maximum != m_) {
      even_.rise(impl::two_sum(maximum, -m_));
      odd_.rise(impl::two_sum(maximum, -m_));
      m_ = maximum;
    }
    if (!masks_) {
      const Lanes even = even_;
      const Lanes odd = odd_;
      add<false>(source, p, n);
      if (even_.is_finite() && odd_.is_finite()) return;
      even_ = even;
      odd_ = odd;
      masks_ = true;
    }
    add<true>(source, p, n);
  }

  /// Returns D and Q; `unit` is that of the coefficients.
  TargetSums total(double unit) const { return even_.total_with(odd_, unit); }

 private:
  template <bool masks, class Source, class A>
  HWY_INLINE void add(const Source& source, const A* p, std::ptrdiff_t n) {
    const std::ptrdiff_t w = lanes(Wide());
    const WideVec m = hn::Set(Wide(), m_);
    Lanes even = even_;
    Lanes odd = odd_;
    std::ptrdiff_t j = 0;
    for (; j + 2 * w <= n; j += 2 * w) {
      even.template add<masks>(load_wide(p + j), source.at(j), m);
      odd.template add<masks>(load_wide(p + j + w), source.at(j + w), m);
    }
    for (; j < n; j += w) {
      if (j + w <= n)
        even.template add<masks>(load_wide(p + j), source.at(j), m);
      else
        even.template add<masks>(load_wide_padded(p + j, n - j, m_), source.last(j, n - j), m);
    }
    even_ = even;
    odd_ = odd;
  }

  Lanes even_, odd_;    // vectors of even and of odd number
  double m_ = 0;        // the m of D; any number does where all x are -inf
  bool masks_ = false;  // whether terms with c_j = 0 are set to 0, after one made D NaN
};

/// The state of a row, or of a part of one, with its sums.
struct SoftState {
  RowState row;
  TargetSums sums;  // about row.m
};

/// Returns the state of part x of a row, which begins at element `begin` of it; read_from(x)
/// returns what reads it in blocks.
template <class Exp, class Source, class T, class ReadFrom>
HWY_INLINE SoftState soft_part(const Coefficients<T>& c, VectorView<const T> x,
                               std::ptrdiff_t begin, const ReadFrom& read_from) {
  Source source(c);
  RowSweep<Exp> sweep;
  TargetSweep<T> targets;
  auto reader = read_from(x);
  for (std::ptrdiff_t j = 0; j < x.size; j += block_size) {
    const std::ptrdiff_t n = std::min(block_size, x.size - j);
    const auto* p = reader.read(j, n);
    sweep.take(p, n);
    source.read(begin + j, n);
    targets.take(source, p, n, static_cast<double>(sweep.maximum()));
  }
  return {sweep.state(), targets.total(c.unit())};
}

/// Returns the state of the elements of both.
template <class T>
SoftState merged(const SoftState& first, const SoftState& second) noexcept {
  SoftState all = {merged<T>(first.row, second.row), {}};
  const TargetSums a = about(first.sums, first.row.m, all.row.m);
  const TargetSums b = about(second.sums, second.row.m, all.row.m);
  all.sums = {plus(a.gap, b.gap), plus(a.mass, b.mass), a.unit};
  return all;
}

/// Returns the state of row x against the coefficients c; up to `threads` threads share a wide row.
/// read_from(part) returns what reads a part in blocks.
template <class Exp, class T, class ReadFrom>
HWY_INLINE SoftState soft_state(VectorView<const T> x, const Coefficients<T>& c, int threads,
                                const ReadFrom& read_from) {
  SoftState state;
  with_source(c, [&](auto source) {
    using Source = typename decltype(source)::type;
    state = state_of_parts<T>(x.size, threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
      return soft_part<Exp, Source>(c, part_of(x, begin, end), begin, read_from);
    });
  });
  return state;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
