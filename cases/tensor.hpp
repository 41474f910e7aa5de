// SPDX-License-Identifier: MIT
// Tensor: an array of numbers, as files hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <xent/element.hpp>

namespace xent::cases {

/// An array whose elements nobody changes: those of a mapped file (see InputFile::map), or its own.
/// Copies share them. Shape () is one number.
struct Tensor {
  /// u16: bit patterns of 16-bit numbers, of which the file does not say what they stand for.
  enum class Element { f32, f64, i32, i64, bf16, f16, u16 };

  std::vector<std::ptrdiff_t> shape;
  std::variant<std::span<const float>, std::span<const double>, std::span<const std::int32_t>,
               std::span<const std::int64_t>, std::span<const xent::bf16>,
               std::span<const xent::f16>, std::span<const std::uint16_t>>
      data;                                // in the order of Element
  std::shared_ptr<const void> owner = {};  // of the elements
  bool fortran_order = false;              // the first index runs fastest, not the last (C order)

  Element element() const { return static_cast<Element>(data.index()); }

  /// The element type; nothing where the elements are integers or patterns.
  std::optional<DType> dtype() const;

  /// How many elements there are.
  std::size_t size() const;

  /// The elements as they lie. Throws std::bad_variant_access where T is not their type.
  template <class T>
  std::span<const T> as() const {
    return std::get<std::span<const T>>(data);
  }
};

/// The tensor of these elements, which are in C order and as many as `shape` says.
template <class T>
Tensor tensor_of(const std::vector<std::ptrdiff_t>& shape, std::vector<T> elements) {
  const auto owned = std::make_shared<const std::vector<T>>(std::move(elements));
  return {.shape = shape, .data = std::span<const T>(*owned), .owner = owned};
}

/// "f32", "i64", ...: for messages.
std::string_view to_string(Tensor::Element element);

/// In bytes.
std::size_t size_of(Tensor::Element element);

/// The tensor with elements of `dtype`: itself where they are, and bit patterns (u16) taken for
/// bf16 or f16 where they lie. No number is converted: all else is a FileError that names `place`.
Tensor as_dtype(Tensor tensor, DType dtype, const std::string& place);

/// unit times the sizes of the shape, none of them negative; 0 where one is 0. Nothing where the
/// product of the others is past std::size_t.
std::optional<std::size_t> product(std::size_t unit, std::span<const std::ptrdiff_t> shape);

class InputFile;

/// The next elements, as many as the shape says; the caller has seen that the file holds them, and
/// knows their order. They are mapped, or copied where the file does not hold them at a multiple of
/// their alignment. Throws FileError.
Tensor read_elements(InputFile& file, Tensor::Element element, std::vector<std::ptrdiff_t> shape);

}  // namespace xent::cases
