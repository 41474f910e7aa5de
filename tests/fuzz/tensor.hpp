// SPDX-License-Identifier: MIT
// What the program does with a tensor that was read.
#pragma once

#include <string>
#include <variant>

#include "system/output_file.hpp"
#include "tensors/element_order.hpp"
#include "tensors/tensor.hpp"
#include "tests/fuzz/require.hpp"

namespace xent::fuzz {

/// Puts the elements in C order, and takes them for integers and for numbers.
inline void use(tensors::Tensor tensor, const std::string& file) {
  require(tensor.shape.size() <= 64, "at most 64 axes are read");
  require(tensors::product(1, tensor.shape) == tensor.size(), "the shape says how many there are");
  tensor = tensors::c_order(std::move(tensor));
  for (const bool integers : {true, false}) try {
      if (integers)
        require(tensors::as_int32_or_int64(tensor, file).size() == tensor.size(), "all are kept");
      else
        require(tensors::as_dtype(tensor, DType::bf16, file).size() == tensor.size(),
                "all are kept");
    } catch (const FileError& fault) {
      require_message(fault.what(), file);
    }
}

}  // namespace xent::fuzz
