// SPDX-License-Identifier: MIT
// The element types of DLPack that a problem may have.
#pragma once

#include <string>

#include <dlpack/dlpack.h>

#include <xent/element.hpp>

namespace xent::library {

inline constexpr DLDataType int64_type{.code = kDLInt, .bits = 64, .lanes = 1};
inline constexpr DLDataType int32_type{.code = kDLInt, .bits = 32, .lanes = 1};

constexpr bool are_same(DLDataType a, DLDataType b) {
  return a.code == b.code && a.bits == b.bits && a.lanes == b.lanes;
}

/// Returns what DLPack calls the element type.
constexpr DLDataType type_of(DType dtype) {
  switch (dtype) {
    case DType::f32: return {.code = kDLFloat, .bits = 32, .lanes = 1};
    case DType::f64: return {.code = kDLFloat, .bits = 64, .lanes = 1};
    case DType::bf16: return {.code = kDLBfloat, .bits = 16, .lanes = 1};
    case DType::f16: return {.code = kDLFloat, .bits = 16, .lanes = 1};
  }
  __builtin_unreachable();
}

/// Returns "float32", "bfloat16", "int64x4".
std::string type_text(DLDataType type);

/// Returns the element type of logits of that type. Throws Fault of the field where it is none.
DType the_element_type(const char* field, DLDataType type);

/// Throws Fault where the type of the field is not the wanted one.
void require_type(const char* field, DLDataType type, DLDataType wanted);

}  // namespace xent::library
