// SPDX-License-Identifier: MIT
// Tensor: an array of numbers, as files hold them.
#pragma once

#include <bit>
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

namespace xent::tensors {

/// A truth value of one byte, as files have them: 0 or 1 where the file is a good one.
enum class Boolean : std::uint8_t {};
/// A bit pattern of a 16-bit number.
enum class Pattern16 : std::uint16_t {};

namespace detail {

template <class, class... T>
struct SpanOf {
  using type = std::variant<std::span<const T>...>;
};

}  // namespace detail

/// An array whose elements nobody changes: those of a mapped file (see InputFile::map), or its own.
/// Copies share them. Shape () is one number.
struct Tensor {
  /// Those of tensor_elements.def. pattern16: bits of 16-bit numbers, of which the file does not
  /// say what they stand for. i16 and u16 may be the same, or integers: their place in a problem
  /// decides.
  enum class Element {
#define XENT_TENSOR_ELEMENT(name, T, ...) name,
#include "tensors/tensor_elements.def"
#undef XENT_TENSOR_ELEMENT
  };
  /// The elements, as one of the types of Element, in its order.
  using Data = detail::SpanOf<void
#define XENT_TENSOR_ELEMENT(name, T, ...) , T
#include "tensors/tensor_elements.def"
#undef XENT_TENSOR_ELEMENT
                              >::type;

  std::vector<std::ptrdiff_t> shape;
  Data data;
  std::shared_ptr<const void> owner = {};  // of the elements
  bool fortran_order = false;              // the first index runs fastest, not the last (C order)

  Element element() const { return static_cast<Element>(data.index()); }

  /// The element type; nothing where the elements are integers or patterns.
  std::optional<DType> dtype() const;

  /// Whether the elements are integers or truth values.
  bool has_integers() const;

  /// Whether the elements may be patterns of 16-bit numbers: i16, u16 and pattern16.
  bool has_patterns() const;

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

/// What the formats of files call an element; "" where one does not have it.
struct ElementNames {
  std::string_view safetensors, npy, numpy;  // npy: of dtype.str, without the byte order
};
ElementNames file_names_of(Tensor::Element element);

inline constexpr Tensor::Element all_tensor_elements[] = {
#define XENT_TENSOR_ELEMENT(name, T, ...) Tensor::Element::name,
#include "tensors/tensor_elements.def"
#undef XENT_TENSOR_ELEMENT
};

/// The element that is a number of type T, one of those listed.
template <class T>
inline constexpr auto tensor_element_of =
    static_cast<Tensor::Element>(Tensor::Data(std::span<const T>()).index());

/// In bytes.
std::size_t size_of(Tensor::Element element);

/// The tensor with elements of `dtype`: itself where they are, and patterns taken for bf16 or f16
/// where they lie. No number is converted: all else is a FileError that names `place`.
Tensor as_dtype(Tensor tensor, DType dtype, const std::string& place);

/// The tensor with its integers as i32 or i64, the same values: itself where they are. A value past
/// i64, and a truth value that is neither 0 nor 1, is a FileError that names `place` and the
/// element. The elements are integers, in C order.
Tensor as_int32_or_int64(Tensor tensor, const std::string& place);

/// The tensor with its integers, or truth values, as the same numbers in that type and order. One
/// that the type does not hold exactly, and a truth value that is neither 0 nor 1, is a FileError
/// that names `place` and the element.
Tensor as_exact_numbers(const Tensor& tensor, DType dtype, const std::string& place);

/// The first integer that is neither 0 nor 1, as "element [2, 3] is 7"; "" where there is none.
std::string beyond_one(const Tensor& tensor);

/// unit times the sizes of the shape, none of them negative; 0 where one is 0. Nothing where the
/// product of the others is past std::size_t.
std::optional<std::size_t> product(std::size_t unit, std::span<const std::ptrdiff_t> shape);

class InputFile;

/// The next elements, as many as the shape says; the caller has seen that the file holds them, and
/// knows their order. They are mapped, or copied where the file does not hold them at a multiple of
/// their alignment, or with the most significant byte first. Throws FileError.
Tensor read_elements(InputFile& file, Tensor::Element element, std::vector<std::ptrdiff_t> shape,
                     std::endian byte_order = std::endian::little);

}  // namespace xent::tensors
