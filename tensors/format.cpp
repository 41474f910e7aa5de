// SPDX-License-Identifier: MIT
// The list of formats.
#include "tensors/format.hpp"

namespace xent::tensors {

#define XENT_TENSOR_FORMAT(name) extern const Format name##_format;
#include "tensors/formats.def"
#undef XENT_TENSOR_FORMAT

std::span<const Format* const> formats() {
  static constexpr const Format* all[] = {
#define XENT_TENSOR_FORMAT(name) &name##_format,
#include "tensors/formats.def"
#undef XENT_TENSOR_FORMAT
  };
  return all;
}

}  // namespace xent::tensors
