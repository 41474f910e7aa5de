// SPDX-License-Identifier: MIT
// Integers are numbers of an element type where it holds them exactly; else the first that is none
// is named by its indices.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using xent::bf16;
using xent::DType;
using xent::f16;
using xent::FileError;

/// Whether each integer becomes the same number, or is refused where another one would come of it.
template <class To, class T>
void is_the_same_or_refused(T integer) {
  const Tensor tensor = tensor_of<T>({1}, {integer});
  const auto nearest = static_cast<long double>(
      static_cast<float>(To(static_cast<double>(integer))));  // of 16-bit types; the others below
  long double number = nearest;
  if constexpr (sizeof(To) > 2) number = static_cast<To>(integer);
  const bool exact = std::isfinite(number) && number == static_cast<long double>(integer);
  try {
    const Tensor numbers = as_exact_numbers(tensor, xent::dtype_of<To>, "x");
    RC_ASSERT(exact);
    RC_ASSERT(static_cast<long double>(numbers.as<To>()[0]) == static_cast<long double>(integer));
  } catch (const FileError&) {
    RC_ASSERT(!exact);
  }
}

template <class T>
void every_type(T integer) {
  is_the_same_or_refused<float>(integer);
  is_the_same_or_refused<double>(integer);
  is_the_same_or_refused<bf16>(integer);
  is_the_same_or_refused<f16>(integer);
}

/// A few ones of any size: long double holds every integer.
RC_GTEST_PROP(ExactNumbers, AreTheSameOrRefused, ()) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  const int width = *rc::gen::inRange(1, 65);
  const auto bits = (*rc::gen::arbitrary<std::uint64_t>() & (~std::uint64_t{} >> (64 - width)))
                    << *rc::gen::inRange(0, 64);
  every_type(bits);
  every_type(static_cast<std::int64_t>(bits));
  every_type(static_cast<std::uint32_t>(bits));
  every_type(static_cast<std::int32_t>(bits));
  every_type(static_cast<std::uint16_t>(bits));
  every_type(static_cast<std::int16_t>(bits));
  every_type(static_cast<std::uint8_t>(bits));
  every_type(static_cast<std::int8_t>(bits));
}

TEST(ExactNumbers, Limits) {
  const auto exact = [](auto integer, DType dtype) {
    const Tensor tensor = tensor_of<decltype(integer)>({}, {integer});
    try {
      return as_exact_numbers(tensor, dtype, "x").size() == 1;
    } catch (const FileError&) {
      return false;
    }
  };
  EXPECT_TRUE(exact(256, DType::bf16) && !exact(257, DType::bf16) && exact(258, DType::bf16));
  EXPECT_TRUE(exact(65504, DType::f16) && !exact(65505, DType::f16) && !exact(65536, DType::f16));
  EXPECT_TRUE(exact(1 << 24, DType::f32) && !exact((1 << 24) + 1, DType::f32));
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  EXPECT_TRUE(exact(least, DType::f64) && exact(least, DType::bf16) && !exact(least, DType::f16));
  EXPECT_TRUE(!exact(~std::uint64_t{}, DType::f64) && !exact(least + 1, DType::f64));
}

TEST(ExactNumbers, OrderStays) {
  Tensor tensor = tensor_of<std::int32_t>({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_FALSE(as_exact_numbers(tensor, DType::f32, "x").fortran_order);
  tensor.fortran_order = true;
  const Tensor numbers = as_exact_numbers(tensor, DType::f32, "x");
  EXPECT_TRUE(numbers.fortran_order && numbers.shape == tensor.shape);
  EXPECT_TRUE(std::ranges::equal(numbers.as<float>(), std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST(ExactNumbers, TheElementIsNamed) {
  const auto fault = [](const Tensor& tensor, DType dtype, const std::string& part) {
    expect_fault<FileError>([&] { as_exact_numbers(tensor, dtype, "y.npy"); }, "y.npy: " + part);
  };
  Tensor tensor = tensor_of<std::int16_t>({2, 3}, {1, 0, 1, 0, -257, 0});
  fault(tensor, DType::bf16, "element [1, 1] is -257, which bf16 does not hold exactly");
  EXPECT_EQ(beyond_one(tensor), "element [1, 1] is -257");
  tensor.fortran_order = true;
  fault(tensor, DType::bf16, "element [0, 2] is -257, which bf16 does not hold exactly");
  EXPECT_EQ(beyond_one(tensor), "element [0, 2] is -257");
  fault(tensor_of<Boolean>({2}, {Boolean{1}, Boolean{2}}), DType::f32,
        "element [1] is 2, no bool: neither 0 nor 1");
  fault(tensor_of<std::uint64_t>({}, {~std::uint64_t{}}), DType::f64,
        "element [] is 18446744073709551615, which f64 does not hold exactly");
  fault(tensor_of<float>({1}, {1}), DType::f64, "holds f32, not integers");
  EXPECT_EQ(beyond_one(tensor_of<std::uint16_t>({3}, {0, 1, 1})), "");
  EXPECT_EQ(beyond_one(tensor_of<std::uint16_t>({0}, {})), "");
}

}  // namespace
