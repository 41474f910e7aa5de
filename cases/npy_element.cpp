// SPDX-License-Identifier: MIT
#include "cases/npy_element.hpp"

namespace xent::cases {
namespace {

struct Name {
  std::string_view code;  // of dtype.str, without the byte order
  std::string_view name;  // of dtype.name; "": has none that NumPy reads
  Tensor::Element element;
};

constexpr Name names[] = {
    {"f2", "float16", Tensor::Element::f16}, {"f4", "float32", Tensor::Element::f32},
    {"f8", "float64", Tensor::Element::f64}, {"i1", "int8", Tensor::Element::i8},
    {"i2", "int16", Tensor::Element::i16},   {"i4", "int32", Tensor::Element::i32},
    {"i8", "int64", Tensor::Element::i64},   {"u1", "uint8", Tensor::Element::u8},
    {"u2", "uint16", Tensor::Element::u16},  {"u4", "uint32", Tensor::Element::u32},
    {"u8", "uint64", Tensor::Element::u64},  {"b1", "bool", Tensor::Element::boolean},
    {"V2", "", Tensor::Element::pattern16},
};

}  // namespace

std::optional<NpyElement> find_npy_element(std::string_view descr) {
  if (descr.empty()) return std::nullopt;
  for (const Name& one : names)
    if (descr == one.name) return NpyElement{.element = one.element};
  const char order = descr.front();
  if (order == '<' || order == '>' || order == '=' || order == '|') descr.remove_prefix(1);
  for (const Name& one : names)
    if (descr == one.code) {
      const bool swaps = order == '>' && one.element != Tensor::Element::pattern16;
      return NpyElement{one.element, swaps ? std::endian::big : std::endian::little};
    }
  return std::nullopt;
}

std::string npy_element_names() {
  std::string all;
  for (const Name& one : names) {
    if (!all.empty()) all += ", ";
    all += one.code;
  }
  return all;
}

}  // namespace xent::cases
