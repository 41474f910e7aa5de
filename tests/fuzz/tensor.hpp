// SPDX-License-Identifier: MIT
// What the program does with a tensor that was read.
#pragma once

#include <string>
#include <variant>

#include <xent/output_file.hpp>

#include "cases/element_order.hpp"
#include "cases/tensor.hpp"
#include "tests/fuzz/require.hpp"

namespace xent::fuzz {

/// Puts the elements in C order, and takes them for integers and for numbers.
inline void use(cases::Tensor tensor, const std::string& file) {
  require(tensor.shape.size() <= 64, "at most 64 axes are read");
  require(cases::product(1, tensor.shape) == tensor.size(), "the shape says how many there are");
  tensor = cases::c_order(std::move(tensor));
  for (const bool integers : {true, false}) try {
      if (integers)
        require(cases::as_int32_or_int64(tensor, file).size() == tensor.size(), "all are kept");
      else
        require(cases::as_dtype(tensor, DType::bf16, file).size() == tensor.size(), "all are kept");
    } catch (const FileError& fault) {
      require_message(fault.what(), file);
    }
}

}  // namespace xent::fuzz
