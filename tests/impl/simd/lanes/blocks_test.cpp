// SPDX-License-Identifier: MIT
// impl/simd/lanes/blocks-inl.hpp on every target of this machine: a row is read and written in
// blocks, in place where that can be, else by way of a buffer, for any stride. The arrays lie
// between pages that may not be touched.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/blocks_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <cstddef>
#include <type_traits>

#include <hwy/highway.h>

#include <xent/element.hpp>
#include <xent/view.hpp>

#include "impl/simd/lanes/blocks-inl.hpp"
#include "tests/impl/simd/lanes/numbers.hpp"
#include "tests/support/guarded_array.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

using tests::number;

/// Returns a view of n elements that fill the array from the one end to the other.
template <class T>
VectorView<T> view_of(const tests::GuardedArray<T>& array, std::ptrdiff_t n,
                      std::ptrdiff_t stride) {
  return {stride < 0 ? array.data() - (n - 1) * stride : array.data(), n, stride};
}

/// Calls check(array, view) for arrays at both pages, of some lengths and strides, filled with 77.
template <class T, class Check>
void for_each_row(const Check& check) {
  for (const tests::End end : {tests::End::front, tests::End::back})
    for (const std::ptrdiff_t n : {1, 7, 64, 1023, 1024, 1025, 2500})
      for (const std::ptrdiff_t stride : {1, 3, -1, -2}) {
        const tests::GuardedArray<T> array((n - 1) * (stride < 0 ? -stride : stride) + 1, end);
        for (T& element : array.elements()) element = static_cast<T>(77.0F);
        check(array, view_of(array, n, stride));
      }
}

template <class T>
void check_reader_of() {
  for_each_row<T>([](const auto&, VectorView<T> row) {
    for (std::ptrdiff_t j = 0; j < row.size; ++j) row[j] = number<T>(j);
    BlockReader<T> reader({row.data, row.size, row.stride});
    std::ptrdiff_t seen = 0;
    for_each_block(row.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
      EXPECT_EQ(begin, seen);
      EXPECT_EQ(n, std::min(block_size, row.size - begin));
      const auto* const block = reader.read(begin, n);
      if constexpr (!BlockReader<T>::widens) {
        EXPECT_EQ(block == row.data + begin, row.contiguous());
      }
      for (std::ptrdiff_t j = 0; j < n; ++j)
        EXPECT_EQ(static_cast<double>(block[j]), static_cast<double>(number<T>(begin + j)))
            << begin << ", " << j << ", stride " << row.stride;
      seen += n;
    });
    EXPECT_EQ(seen, row.size);
  });
}

template <class T>
void check_writer_of() {
  for_each_row<T>([](const tests::GuardedArray<T>& array, VectorView<T> row) {
    BlockWriter<T> writer(row);
    for_each_block(row.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
      auto* const block = writer.block(begin);
      if constexpr (std::is_same_v<T, LossOf<T>>) {
        EXPECT_EQ(block == row.data + begin, row.contiguous());
      }
      for (std::ptrdiff_t j = 0; j < n; ++j)
        block[j] = static_cast<LossOf<T>>(number<T>(begin + j));
      writer.written(begin, n);
    });
    for (std::ptrdiff_t j = 0; j < row.size; ++j) {
      EXPECT_EQ(static_cast<double>(row[j]), static_cast<double>(number<T>(j)))
          << j << " of " << row.size << ", stride " << row.stride;
      row[j] = static_cast<T>(77.0F);
    }
    for (const T element : array.elements()) EXPECT_EQ(static_cast<double>(element), 77);
  });
}

void check_readers() {
  check_reader_of<float>();
  check_reader_of<double>();
  check_reader_of<bf16>();
  check_reader_of<f16>();
}
void check_writers() {
  check_writer_of<float>();
  check_writer_of<double>();
  check_writer_of<bf16>();
  check_writer_of<f16>();
}
void check_parts() {
  const tests::GuardedArray<float> array(10, tests::End::back);
  for (std::ptrdiff_t j = 0; j < 10; ++j) array.data()[j] = static_cast<float>(j);
  const VectorView<float> part = part_of(VectorView<float>{array.data() + 9, 5, -2}, 1, 4);
  EXPECT_EQ(part.size, 3);
  EXPECT_EQ(part[0], 7);
  EXPECT_EQ(part[2], 3);
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

XENT_TEST_ON_EVERY_TARGET(Blocks, AreReadForAnyStride, check_readers)
XENT_TEST_ON_EVERY_TARGET(Blocks, AreWrittenForAnyStride, check_writers)
XENT_TEST_ON_EVERY_TARGET(Blocks, PartsKeepTheStride, check_parts)

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
