// SPDX-License-Identifier: MIT
// SimpleCall: a good call of the C interface, 2 x 3 logits of f32 against labels, for tests to spoil.
#pragma once

#include <array>
#include <cstdint>

#include <xent.h>

namespace xent::tests {

struct SimpleCall {
  std::array<float, 8> logits{1, 2, 4, 0.5F, -1, 3};
  std::array<std::int64_t, 2> labels{2, 0};
  std::array<float, 3> weight{1, 0.5F, 2};
  std::array<std::int64_t, 3> offset_values{0, 2, 3};
  std::array<std::int64_t, 3> class_values{0, 1, 2};
  std::array<float, 6> other{};
  float loss = -77;
  std::array<std::int64_t, 2> shape{2, 3};
  std::array<std::int64_t, 2> gradient_shape{2, 3};
  std::array<std::int64_t, 2> strides{3, 1};
  std::array<std::int64_t, 1> rows_of_labels{2};
  std::array<std::int64_t, 1> two{2}, one{1}, three{3};

  static DLTensor tensor(void* data, int axes, std::int64_t* sizes, DLDataType type) {
    return {.data = data,
            .device = {kDLCPU, 0},
            .ndim = axes,
            .dtype = type,
            .shape = sizes,
            .strides = nullptr,
            .byte_offset = 0};
  }
  static constexpr DLDataType f32{kDLFloat, 32, 1};
  static constexpr DLDataType i64{kDLInt, 64, 1};
  DLTensor x = tensor(logits.data(), 2, shape.data(), f32);
  DLTensor y = tensor(labels.data(), 1, rows_of_labels.data(), i64);
  DLTensor w = tensor(weight.data(), 1, three.data(), f32);
  DLTensor offsets = tensor(offset_values.data(), 1, three.data(), i64);
  DLTensor classes = tensor(class_values.data(), 1, three.data(), i64);
  DLTensor l = tensor(&loss, 1, one.data(), f32);
  DLTensor g = tensor(other.data(), 2, gradient_shape.data(), f32);
  DLTensor e = tensor(other.data(), 1, two.data(), f32);

  xent_problem problem{};
  xent_results results{.size = sizeof(xent_results), .loss = &l, .grad = nullptr, .lse = nullptr};
  xent_execution execution{
      .size = sizeof(xent_execution), .threads = 0, .instruction_set = nullptr};
  const xent_implementation* implementation = xent_find("simd");
  const xent_problem* given = &problem;
  const xent_results* results_given = &results;

  SimpleCall() {
    problem.size = sizeof problem;
    problem.logits = &x;
    problem.labels = &y;
  }
  SimpleCall(const SimpleCall&) = delete;
  SimpleCall& operator=(const SimpleCall&) = delete;
};

}  // namespace xent::tests
