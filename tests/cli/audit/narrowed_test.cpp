// SPDX-License-Identifier: MIT
// Results that were computed in a narrower type than their file has are taken for that type, and
// others are left as they are.
#include "cli/verbs/audit/narrowed.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace xent;

template <class T>
tensors::Tensor tensor(std::vector<T> values) {
  const auto size = static_cast<std::ptrdiff_t>(values.size());
  return tensors::tensor_of({size}, std::move(values));
}

/// What narrow() makes of the values: the type, and whether the numbers are the same.
template <class T>
std::optional<DType> narrowed(const std::vector<T>& values) {
  tensors::Tensor made = tensor(values);
  const auto narrowing = cli::narrow(made);
  if (!narrowing) {
    EXPECT_EQ(made.dtype(), dtype_of<T>);
    return std::nullopt;
  }
  EXPECT_EQ(narrowing->from, dtype_of<T>);
  EXPECT_EQ(made.dtype(), narrowing->to);
  with_dtype(narrowing->to, [&]<class To>(To) {
    const auto now = made.as<To>();
    for (std::size_t k = 0; k < values.size(); ++k) {
      const auto was = static_cast<double>(values[k]);
      const auto is = static_cast<double>(now[k]);
      EXPECT_TRUE(is == was || (std::isnan(is) && std::isnan(was))) << was;
    }
  });
  return narrowing->to;
}

TEST(Narrowed, Float32InFloat64) {
  EXPECT_EQ(narrowed<double>({0.1F, 0, 1e-30F}), DType::f32);
  EXPECT_EQ(narrowed<double>({0.1, 0.1F}), std::nullopt) << "one number of float64 is enough";
  EXPECT_EQ(narrowed<double>({1e-300, 0.1F}), std::nullopt) << "below the range of float32";
}

TEST(Narrowed, NumbersOfEveryTypeProveNothing) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(narrowed<double>({0, 0.5, -1, infinity, std::nan("")}), std::nullopt);
  EXPECT_EQ(narrowed<float>({}), std::nullopt);
}

TEST(Narrowed, SixteenBitsInFloat32) {
  const std::vector<float> bf16s = {0x1.9p0F, 0x1.02p3F, -0x1.7ep-20F, 0x1.4p90F};
  EXPECT_EQ(narrowed<float>(bf16s), DType::bf16);
  EXPECT_EQ(narrowed<double>({0x1.9p0, 0x1.02p3, -0x1.7ep-20, 0x1.4p90}), DType::bf16)
      << "by way of float32";
  EXPECT_EQ(narrowed<float>({0x1.9p0F, 0x1.02p3F, -0x1.7ep-20F}), std::nullopt)
      << "three numbers may be so by chance";
  EXPECT_EQ(narrowed<float>({0x1.9p0F, 0x1.004p3F, 0x1.004p-3F, 0x1.3fcp1F}), DType::f16);
}

TEST(Narrowed, OrderIsKept) {
  tensors::Tensor made = tensors::tensor_of<double>({2, 2}, {0.1F, 0.2F, 0.3F, 0.4F});
  made.fortran_order = true;
  ASSERT_TRUE(cli::narrow(made));
  EXPECT_TRUE(made.fortran_order);
  EXPECT_EQ(made.shape, (std::vector<std::ptrdiff_t>{2, 2}));
}

}  // namespace
