// SPDX-License-Identifier: MIT
// The element types of the .npy format, which has them as NumPy names its dtypes.
#pragma once

#include <bit>
#include <optional>
#include <string>
#include <string_view>

#include "tensors/tensor.hpp"

namespace xent::tensors {

struct NpyElement {
  Tensor::Element element = Tensor::Element::f32;
  std::endian byte_order = std::endian::little;
};

/// What 'descr' stands for: "<f4", ">f4", "=f4", "|f4", "f4", "float32", and so on; nothing where
/// it is none of the types that are read.
std::optional<NpyElement> find_npy_element(std::string_view descr);

/// The types that are read, for messages: "f2, f4, ...".
std::string npy_element_names();

}  // namespace xent::tensors
