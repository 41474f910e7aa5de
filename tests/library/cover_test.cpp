// SPDX-License-Identifier: MIT
// xent.hpp: what its header says is done with ten lines is done with them.
#include <array>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <xent.hpp>
#include <xent_verify.h>

namespace {

TEST(LibraryCover, ComputesAsItsHeaderSays) {
  std::vector<float> logits = {1, 2, 4, 0.5F, -1, 3}, grad(6);
  std::vector<std::int64_t> labels = {2, 0};
  float loss = 0;
  xent::CrossEntropy call(xent::Tensor(logits, {2, 3}));
  call.labels = xent::Tensor(labels, {2});
  call.loss = xent::Tensor(loss);
  call.grad = xent::Tensor(grad, {2, 3});
  call.options.label_smoothing = 0.1;
  call.compute("faithful");
  const float computed = loss;
  call.pass([](const auto* problem, const auto* results, auto* error) {
    return xent_reference(problem, results, nullptr, error);
  });
  EXPECT_NEAR(computed, loss, 2e-7F);
  EXPECT_NEAR(grad[2], -0.045F, 0.01F);
}

TEST(LibraryCover, TakesStridesAndConstantArrays) {
  const std::array<float, 6> columns = {1, 0.5F, 2, -1, 4, 3};  // the logits, transposed
  const std::array<std::int32_t, 2> labels = {2, 0};
  float loss = 0, plain = 0;
  xent::CrossEntropy call(xent::Tensor(columns.data(), {kDLFloat, 32, 1}, {2, 3}, {1, 2}));
  call.labels = xent::Tensor(labels, {2});
  call.loss = xent::Tensor(loss);
  call.compute("simd", 2);
  std::vector<float> rows = {1, 2, 4, 0.5F, -1, 3};
  call.logits = xent::Tensor(rows, {2, 3});
  call.loss = xent::Tensor(plain);
  call.compute("simd");
  EXPECT_EQ(loss, plain);
}

TEST(LibraryCover, ThrowsWhatIsWrong) {
  std::vector<float> logits(6);
  std::vector<std::int64_t> labels = {2, 3};
  float loss = 0;
  xent::CrossEntropy call(xent::Tensor(logits, {2, 3}));
  call.labels = xent::Tensor(labels, {2});
  call.loss = xent::Tensor(loss);
  try {
    call.compute("simd");
    ADD_FAILURE() << "a label is out of range";
  } catch (const xent::Error& error) {
    EXPECT_EQ(error.status(), XENT_INVALID);
    EXPECT_EQ(error.field(), "labels");
    EXPECT_STREQ(error.what(), "labels: label 3 of row 1 is not in [0, 3)");
  }
  EXPECT_THROW(xent::Tensor(logits, {2, 2}), std::invalid_argument);
  EXPECT_THROW(xent::Tensor(logits.data(), {kDLFloat, 32, 1}, {2, 3}, {1}), std::invalid_argument);
}

}  // namespace
