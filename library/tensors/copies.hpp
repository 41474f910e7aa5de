// SPDX-License-Identifier: MIT
// Copies of tensors whose elements no view leads to, because their rows have more strides than two,
// or they do not lie where their type may. Results are written to a copy and put back afterwards.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "library/tensors/tensor.hpp"

namespace xent::library {

/// The copies that one call has made. Elements lie without gaps, in C order of the axes but for that
/// of the classes, which is the last; -1: none is.
class Copies {
 public:
  /// Returns a copy of the elements of an input.
  const std::byte* of_input(const Tensor& tensor, int class_axis);

  /// Returns room for the elements of an output, which must live until put_back().
  std::byte* for_output(const Tensor& tensor, int class_axis);

  /// Writes what is in the room of outputs to their tensors.
  void put_back() const {
    if (!outputs_.empty()) put_back_all();
  }

 private:
  struct Output {
    const Tensor* tensor;
    int class_axis;
    const std::byte* from;
  };

  std::byte* room_for(const Tensor& tensor);
  void put_back_all() const;

  std::vector<std::unique_ptr<std::byte[]>> rooms_;
  std::vector<Output> outputs_;
};

}  // namespace xent::library
