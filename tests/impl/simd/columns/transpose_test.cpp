// SPDX-License-Identifier: MIT
// impl/simd/columns/transpose-inl.hpp on every target of this machine: as many rows as a vector has
// lanes become columns and rows again, for each number of rows and of classes, rows apart, strided
// or interleaved. The logits lie between pages that may not be touched.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/columns/transpose_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <hwy/highway.h>

#include <xent/element.hpp>
#include <xent/view.hpp>

#include "impl/simd/columns/transpose-inl.hpp"
#include "tests/support/guarded_array.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

constexpr std::ptrdiff_t most_classes = 21;
constexpr std::ptrdiff_t first_row = 1;

/// The layouts of a matrix: rows with a gap between them; every second element of rows; rows
/// backwards; two and two rows interleaved; two and two rows with other gaps between them.
template <class T>
std::vector<MatrixView<T>> layouts_of(std::ptrdiff_t rows, std::ptrdiff_t cols) {
  return {{nullptr, rows, cols, cols + 3, 1, 1, 0},
          {nullptr, rows, cols, 2 * cols, 2, 1, 0},
          {nullptr, rows, cols, -cols, 1, 1, 0},
          {nullptr, rows, cols, 2 * cols, 2, 2, 1},
          {nullptr, rows, cols, 2 * cols + 5, 1, 2, cols + 1}};
}

/// Calls check(array, x, count) for matrices of each layout and number of classes, at both pages,
/// and each number of rows up to the lanes. They have two rows more, one before and one behind.
template <class T, class Check>
void for_each_matrix(const Check& check) {
  const std::ptrdiff_t w = pitch_of<LaneOf<T>>;
  for (const tests::End end : {tests::End::front, tests::End::back})
    for (std::ptrdiff_t cols = 1; cols <= most_classes; ++cols)
      for (std::ptrdiff_t count = 1; count <= w; ++count)
        for (MatrixView<T> x : layouts_of<T>(count + 2, cols)) {
          const std::ptrdiff_t last = x.row_offset(x.rows - 1);
          const std::ptrdiff_t low = std::min<std::ptrdiff_t>(last, 0);
          const std::ptrdiff_t high = std::max<std::ptrdiff_t>(last, 0) + (cols - 1) * x.col_stride;
          const tests::GuardedArray<T> array(high - low + 1, end);
          for (T& element : array.elements()) element = static_cast<T>(77.0F);
          x.data = array.data() - low;
          check(array, x, static_cast<int>(count));
        }
}

template <class T>
T logit(std::ptrdiff_t i, std::ptrdiff_t j) {
  if ((i + j) % 9 == 4) return static_cast<T>(std::numeric_limits<float>::quiet_NaN());
  return static_cast<T>(static_cast<float>((i * 89 + j * 37) % 251 - 125));
}

template <class T>
void check_loads_of() {
  const hn::ScalableTag<LaneOf<T>> tag;
  for_each_matrix<T>([&](const auto&, MatrixView<T> x, int count) HWY_ATTR {
    for (std::ptrdiff_t i = 0; i < x.rows; ++i)
      for (std::ptrdiff_t j = 0; j < x.cols; ++j) x(i, j) = logit<T>(i, j);
    const MatrixView<const T> read{x.data,       x.rows,  x.cols,        x.row_stride,
                                   x.col_stride, x.inner, x.inner_stride};
    constexpr std::ptrdiff_t pitch = pitch_of<LaneOf<T>>;
    alignas(64) LaneOf<T> columns[most_classes * hn::MaxLanes(tag)];
    alignas(64) LaneOf<T> maxima[hn::MaxLanes(tag)];
    hn::Store(load_columns<T>(read, first_row, count, columns), tag, maxima);
    for (std::ptrdiff_t k = 0; k < lanes(tag); ++k) {
      const std::ptrdiff_t i = first_row + (k < count ? k : 0);
      LaneOf<T> largest = minus_infinity<LaneOf<T>>;
      for (std::ptrdiff_t j = 0; j < x.cols; ++j) {
        const LaneOf<T> expected = x(i, j);
        largest = expected > largest ? expected : largest;
        const LaneOf<T> got = columns[j * pitch + k];
        EXPECT_TRUE(got == expected || (got != got && expected != expected)) << i << ", " << j;
      }
      EXPECT_EQ(maxima[k], largest) << x.cols << " classes, " << i;
    }
  });
}

/// Stores columns to the rows of some sets, and expects 77 everywhere else.
template <class T>
void check_stores_of() {
  const hn::ScalableTag<LaneOf<T>> tag;
  for_each_matrix<T>([&](const tests::GuardedArray<T>& array, MatrixView<T> x, int count) HWY_ATTR {
    const std::uint64_t all = (std::uint64_t{1} << count) - 1;
    for (const std::uint64_t wanted : {all, all & 0x5555U, all & ~std::uint64_t{1}}) {
      const auto column = [&](std::ptrdiff_t j)
                              HWY_ATTR { return hn::Iota(tag, static_cast<LaneOf<T>>(j * 5)); };
      store_columns(column, x, first_row, count, wanted);
      for (int k = 0; k < count; ++k)
        for (std::ptrdiff_t j = 0; (wanted >> k & 1) != 0 && j < x.cols; ++j) {
          T& element = x(first_row + k, j);
          EXPECT_EQ(static_cast<float>(element), static_cast<float>(j * 5 + k)) << x.cols;
          element = static_cast<T>(77.0F);
        }
      for (const T element : array.elements()) EXPECT_EQ(static_cast<float>(element), 77);
    }
  });
}

void check_loads() {
  check_loads_of<float>();
  check_loads_of<double>();
  check_loads_of<bf16>();
  check_loads_of<f16>();
}
void check_stores() {
  check_stores_of<float>();
  check_stores_of<double>();
  check_stores_of<bf16>();
  check_stores_of<f16>();
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

XENT_TEST_ON_EVERY_TARGET(Transpose, ColumnsHoldTheRows, check_loads)
XENT_TEST_ON_EVERY_TARGET(Transpose, RowsGetTheirLanes, check_stores)

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
