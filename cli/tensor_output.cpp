// SPDX-License-Identifier: MIT
// TensorOutput: a result on its way into a file.

#include "cli/tensor_output.hpp"

#include <type_traits>
#include <utility>
#include <vector>

#include "cases/tensor_file.hpp"

namespace xent::cli {
namespace {

template <class T>
T number_of(double value) {
  if constexpr (std::is_floating_point_v<T>)
    return static_cast<T>(value);
  else
    return nearest<T>(value);
}

}  // namespace

TensorOutput::TensorOutput(std::string place, std::string name)
    : place_(std::move(place)), name_(std::move(name)), file_(cases::path_of(place_)) {}

void TensorOutput::write(std::span<const std::ptrdiff_t> shape, std::span<const double> values,
                         DType dtype) {
  const auto write_as = [&]<class T>(T /*type*/) {
    std::vector<T> numbers;
    numbers.reserve(values.size());
    for (const double value : values) numbers.push_back(number_of<T>(value));
    cases::write_tensor<T>(file_, place_, name_, shape, numbers);
  };
  switch (dtype) {
    case DType::f32: return write_as(float{});
    case DType::f64: return write_as(double{});
    case DType::bf16: return write_as(bf16{});
    case DType::f16: return write_as(f16{});
  }
}

}  // namespace xent::cli
