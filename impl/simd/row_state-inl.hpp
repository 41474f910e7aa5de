// SPDX-License-Identifier: MIT
// The state of a row by blocks: the block's maximum, then the sum of its terms while it is in
// cache.
//
// f32 and 16 bits, one sweep: a block with a larger maximum m' rescales what was summed,
//   R <- (1 + R) exp(m - m')      in double, so that a chain of rescalings errs by 2^-52 each;
// f64, two sweeps: the maximum of the row, then the sum, because no wider type carries the
// rescaling. Only the block that holds the maximum leaves it out.
//
// NaN: the maximum of a block may hide it, the sum of the block cannot.

#if defined(XENT_IMPL_SIMD_ROW_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROW_STATE_INL
#undef XENT_IMPL_SIMD_ROW_STATE_INL
#else
#define XENT_IMPL_SIMD_ROW_STATE_INL
#endif

#include <cmath>
#include <limits>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
inline constexpr T minus_infinity = -std::numeric_limits<T>::infinity();

/// max p[j], where no element is NaN.
template <class T>
HWY_INLINE T block_max(const T* HWY_RESTRICT p, std::ptrdiff_t n) {
  const hn::ScalableTag<T> tag;
  const std::ptrdiff_t w = lanes(tag);
  auto m0 = hn::Set(tag, minus_infinity<T>);
  auto m1 = m0, m2 = m0, m3 = m0;
  std::ptrdiff_t j = 0;
  for (; j + 4 * w <= n; j += 4 * w) {
    m0 = hn::Max(m0, hn::LoadU(tag, p + j));
    m1 = hn::Max(m1, hn::LoadU(tag, p + j + w));
    m2 = hn::Max(m2, hn::LoadU(tag, p + j + 2 * w));
    m3 = hn::Max(m3, hn::LoadU(tag, p + j + 3 * w));
  }
  for (; j + w <= n; j += w) m0 = hn::Max(m0, hn::LoadU(tag, p + j));
  if (j < n) m1 = hn::Max(m1, load_padded(tag, p + j, n - j, minus_infinity<T>));
  return hn::GetLane(hn::MaxOfLanes(tag, hn::Max(hn::Max(m0, m1), hn::Max(m2, m3))));
}

/// 2^256 sum_j exp(p[j] - m). Prefetches the next block of the row.
template <class T>
HWY_INLINE Pair block_sum(const T* HWY_RESTRICT p, std::ptrdiff_t n, T m) {
  using D = hn::ScalableTag<T>;
  const D tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto maximum = hn::Set(tag, m);
  TermSum<D> sum(tag);
  std::ptrdiff_t j = 0;
  for (; j + interleaved * w <= n; j += interleaved * w) {
    hn::Vec<D> x[interleaved];
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) hwy::Prefetch(p + j + i * w + block_size);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = hn::LoadU(tag, p + j + i * w);
    to_scaled_terms(tag, x, maximum);
    for (std::ptrdiff_t i = 0; i < interleaved; i += 2) sum.add(x[i], x[i + 1]);
  }
  for (; j < n; j += w) {
    hn::Vec<D> x[1] = {j + w <= n ? hn::LoadU(tag, p + j)
                                  : load_padded(tag, p + j, n - j, minus_infinity<T>)};
    to_scaled_terms(tag, x, maximum);
    sum.add(x[0]);
  }
  return sum.total();
}

/// The index of an element equal to m, which is there.
template <class T>
HWY_INLINE std::ptrdiff_t find_in_block(const T* HWY_RESTRICT p, std::ptrdiff_t n, T m) {
  const hn::ScalableTag<T> tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto wanted = hn::Set(tag, m);
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) {
    const auto found = hn::FindFirstTrue(tag, hn::Eq(hn::LoadU(tag, p + j), wanted));
    if (found >= 0) return j + found;
  }
  while (j < n - 1 && p[j] != m) ++j;
  return j;
}

/// The sum of two sums of terms of T: double is enough for f32.
template <class T>
HWY_INLINE Pair add_sums(Pair a, Pair b) {
  if constexpr (sizeof(T) == 4) return exactly(a.hi + b.hi);
  return std::isfinite(b.hi) ? add(a, b) : b;
}

/// block_sum without element `left_out`, where that is one of the block.
template <class T>
HWY_INLINE Pair block_sum_without(const T* p, std::ptrdiff_t n, T m, std::ptrdiff_t left_out) {
  if (left_out < 0 || left_out >= n) return block_sum(p, n, m);
  return add_sums<T>(block_sum(p, left_out, m), block_sum(p + left_out + 1, n - left_out - 1, m));
}

/// A block whose maximum is -inf holds nothing, or NaN.
template <class T>
HWY_INLINE bool holds_nan(const T* p, std::ptrdiff_t n) {
  for (std::ptrdiff_t j = 0; j < n; ++j)
    if (std::isnan(p[j])) return true;
  return false;
}

HWY_INLINE void make_nan(RowState& row) { row.tail = exactly(std::nan("")); }

/// Takes a block of f32 logits into the state.
HWY_INLINE void merge_block(RowState& row, const float* p, std::ptrdiff_t begin, std::ptrdiff_t n) {
  const float m = block_max(p, n);
  if (m == minus_infinity<float>) {
    if (holds_nan(p, n)) make_nan(row);
    return;
  }
  if (!(static_cast<double>(m) <= row.m)) {
    const double seen = row.argmax < 0 ? 0 : tail_scale + row.tail.hi;
    if (row.argmax >= 0) row.tail = exactly(seen * std::exp(row.m - static_cast<double>(m)));
    row.m = static_cast<double>(m);
    row.argmax = begin + find_in_block(p, n, m);
  }
  if (row.is_number())
    row.tail = add_sums<float>(
        row.tail, block_sum_without(p, n, static_cast<float>(row.m), row.argmax - begin));
}

template <class T>
requires(sizeof(T) < 8) HWY_INLINE RowState row_state(VectorView<const T> x) {
  RowState row;
  BlockReader<T> reader(x);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    if (!std::isnan(row.tail.hi)) merge_block(row, reader.read(begin, n), begin, n);
  });
  return row;
}

HWY_INLINE RowState row_state(VectorView<const double> x) {
  RowState row;
  BlockReader<double> reader(x);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const double* p = reader.read(begin, n);
    const double m = block_max(p, n);
    if (m == minus_infinity<double> ? holds_nan(p, n) : std::isnan(m)) make_nan(row);
    if (m > row.m) {
      row.m = m;
      row.argmax = begin + find_in_block(p, n, m);
    }
  });
  if (row.is_number())
    for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
      row.tail = add_sums<double>(
          row.tail, block_sum_without(reader.read(begin, n), n, row.m, row.argmax - begin));
    });
  return row;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
