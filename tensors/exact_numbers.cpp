// SPDX-License-Identifier: MIT
// Integers as numbers of an element type of logits, where it holds them exactly.
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {
namespace {

template <class T>
constexpr bool is_integer = std::is_integral_v<T> || std::is_same_v<T, Boolean>;

/// For messages, and as a number of the largest types.
template <class T>
auto plain(T value) {
  if constexpr (std::is_same_v<T, Boolean>)
    return static_cast<unsigned>(value);
  else if constexpr (std::is_signed_v<T>)
    return std::int64_t{value};
  else
    return std::uint64_t{value};
}

/// Whether the integer is a number of type To: so are the bits between its first and its last one.
template <class To, class T>
bool is_exact(T value) {
  const auto bits = static_cast<std::uint64_t>(plain(value));
  const std::uint64_t size = std::cmp_less(plain(value), 0) ? -bits : bits;
  if (std::is_same_v<T, Boolean>) return size <= 1;
  if (size == 0) return true;
  const auto width = static_cast<int>(std::bit_width(size));
  return width <= std::numeric_limits<To>::max_exponent &&
         width - std::countr_zero(size) <= std::numeric_limits<To>::digits;
}

/// "element [2, 3]", of the element that lies there.
std::string element_text(const Tensor& tensor, std::size_t place) {
  std::vector<std::size_t> indices(tensor.shape.size());
  for (std::size_t k = 0; k < indices.size(); ++k) {
    const std::size_t axis = tensor.fortran_order ? k : indices.size() - 1 - k;
    const auto size = static_cast<std::size_t>(tensor.shape[axis]);
    indices[axis] = std::exchange(place, place / size) % size;
  }
  return fmt::format("element [{}]", fmt::join(indices, ", "));
}

template <class To, class T>
Tensor converted(const Tensor& tensor, std::span<const T> integers, const std::string& place) {
  std::vector<To> numbers;
  numbers.reserve(integers.size());
  for (const T one : integers) {
    if (!is_exact<To>(one))
      throw FileError(
          place, fmt::format(
                     "{} is {}, {}", element_text(tensor, numbers.size()), plain(one),
                     std::is_same_v<T, Boolean>
                         ? "no bool: neither 0 nor 1"
                         : fmt::format("which {} does not hold exactly", to_string(dtype_of<To>))));
    numbers.push_back(static_cast<To>(static_cast<double>(plain(one))));
  }
  Tensor result = tensor_of(tensor.shape, std::move(numbers));
  result.fortran_order = tensor.fortran_order;
  return result;
}

}  // namespace

Tensor as_exact_numbers(const Tensor& tensor, DType dtype, const std::string& place) {
  return std::visit(
      [&]<class T>(std::span<const T> integers) -> Tensor {
        if constexpr (is_integer<T>)
          return with_dtype(
              dtype, [&]<class To>(To) { return converted<To, T>(tensor, integers, place); });
        else
          throw FileError(place,
                          fmt::format("holds {}, not integers", to_string(tensor.element())));
      },
      tensor.data);
}

std::string beyond_one(const Tensor& tensor) {
  return std::visit(
      [&]<class T>(std::span<const T> integers) -> std::string {
        if constexpr (is_integer<T>)
          for (std::size_t k = 0; k < integers.size(); ++k)
            if (plain(integers[k]) != 0 && plain(integers[k]) != 1)
              return fmt::format("{} is {}", element_text(tensor, k), plain(integers[k]));
        return "";
      },
      tensor.data);
}

}  // namespace xent::tensors
