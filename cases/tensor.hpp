// SPDX-License-Identifier: MIT
// Tensor: an array that owns its elements, as files hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <xent/element.hpp>

namespace xent::cases {

/// An array that owns its elements, row after row (C order). Shape () is one number.
struct Tensor {
  /// u16: bit patterns of 16-bit numbers, of which the file does not say what they stand for.
  enum class Element { f32, f64, i32, i64, bf16, f16, u16 };

  std::vector<std::ptrdiff_t> shape;
  std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>,
               std::vector<std::int64_t>, std::vector<xent::bf16>, std::vector<xent::f16>,
               std::vector<std::uint16_t>>
      data;  // in the order of Element

  Element element() const { return static_cast<Element>(data.index()); }

  /// The element type; nothing where the elements are integers or patterns.
  std::optional<DType> dtype() const;

  /// How many elements there are.
  std::size_t size() const;

  /// The elements. Throws std::bad_variant_access where T is not their type.
  template <class T>
  std::span<const T> as() const {
    return std::get<std::vector<T>>(data);
  }
};

/// "f32", "i64", ...: for messages.
std::string_view to_string(Tensor::Element element);

/// In bytes.
std::size_t size_of(Tensor::Element element);

/// The tensor with elements of `dtype`: itself where they are, and bit patterns (u16) taken for
/// bf16 or f16. No number is converted: all else is a FileError that names `place`.
Tensor as_dtype(Tensor tensor, DType dtype, const std::string& place);

/// unit times the sizes of the shape, none of them negative; 0 where one is 0. Nothing where the
/// product of the others is past std::size_t.
std::optional<std::size_t> product(std::size_t unit, std::span<const std::ptrdiff_t> shape);

class InputFile;

/// Reads the next elements, as many as the shape says. The caller has seen that the file holds
/// them: memory for all is taken at once. Throws FileError.
Tensor read_elements(InputFile& file, Tensor::Element element, std::vector<std::ptrdiff_t> shape);

}  // namespace xent::cases
