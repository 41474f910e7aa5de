// SPDX-License-Identifier: MIT
// The element types of DLPack, by name, and those that are refused.

#include "library/tensors/element_types.hpp"

#include "library/arguments/fault.hpp"

namespace xent::library {
namespace {

std::string kind_text(unsigned code) {
  switch (code) {
    case kDLInt: return "int";
    case kDLUInt: return "uint";
    case kDLFloat: return "float";
    case kDLBfloat: return "bfloat";
    case kDLComplex: return "complex";
    default: return "code " + std::to_string(code) + " of ";
  }
}

}  // namespace

std::string type_text(DLDataType type) {
  return kind_text(type.code) + std::to_string(type.bits) +
         (type.lanes == 1 ? "" : "x" + std::to_string(type.lanes));
}

DType the_element_type(const char* field, DLDataType type) {
  for (const DType dtype : all_dtypes)
    if (are_same(type, type_of(dtype))) return dtype;
  std::string wanted;
  for (const DType dtype : all_dtypes)
    wanted += (wanted.empty() ? "" : ", ") + type_text(type_of(dtype));
  refuse(field, "has elements of " + type_text(type) + "; it may have those of " + wanted);
}

void require_type(const char* field, DLDataType type, DLDataType wanted) {
  if (!are_same(type, wanted))
    refuse(field, "has elements of " + type_text(type) + ", not of " + type_text(wanted));
}

}  // namespace xent::library
