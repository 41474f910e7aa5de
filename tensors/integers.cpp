// SPDX-License-Identifier: MIT
// Integers of any width as i32 or i64.
#include <limits>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {
namespace {

/// The value as a Wide; nothing where it is none.
template <class Wide, class T>
std::optional<Wide> widened(T value) {
  if constexpr (std::is_same_v<T, Boolean>) {
    const auto byte = static_cast<std::uint8_t>(value);
    return byte > 1 ? std::nullopt : std::optional<Wide>(byte);
  } else {
    if (!std::in_range<Wide>(value)) return std::nullopt;
    return static_cast<Wide>(value);
  }
}

/// What is wrong with a value that is not as it should be.
template <class T>
std::string fault_of(T value, std::size_t index) {
  if constexpr (std::is_same_v<T, Boolean>)
    return fmt::format("element {} is {}, no bool: neither 0 nor 1", index,
                       static_cast<int>(value));
  else
    return fmt::format("element {} is {}, larger than the largest int64", index, value);
}

template <class Wide, class T>
Tensor converted(const Tensor& tensor, std::span<const T> elements, const std::string& place) {
  std::vector<Wide> values;
  values.reserve(elements.size());
  for (const T value : elements) {
    const auto wide = widened<Wide>(value);
    if (!wide) throw FileError(place, fault_of(value, values.size()));
    values.push_back(*wide);
  }
  return tensor_of(tensor.shape, std::move(values));
}

}  // namespace

Tensor as_int32_or_int64(Tensor tensor, const std::string& place) {
  using Element = Tensor::Element;
  if (tensor.element() == Element::i32 || tensor.element() == Element::i64) return tensor;
  return std::visit(
      [&]<class T>(std::span<const T> elements) -> Tensor {
        if constexpr (std::is_same_v<T, Boolean> || (std::is_integral_v<T> && sizeof(T) < 4))
          return converted<std::int32_t>(tensor, elements, place);
        else if constexpr (std::is_integral_v<T>)
          return converted<std::int64_t>(tensor, elements, place);
        else
          throw FileError(place,
                          fmt::format("holds {}, not integers", to_string(tensor.element())));
      },
      tensor.data);
}

}  // namespace xent::tensors
