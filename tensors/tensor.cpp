// SPDX-License-Identifier: MIT
#include "tensors/tensor.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "system/output_file.hpp"
#include "tensors/input_file.hpp"

namespace xent::tensors {
namespace {

static_assert(std::endian::native == std::endian::little);

/// Elements whose bytes come in the other order.
template <class T>
std::vector<T> swapped(InputFile& file, std::size_t count) {
  file.confirm();
  std::vector<T> elements(count);
  file.copy(elements.data(), count * sizeof(T));
  auto* const bytes = reinterpret_cast<std::byte*>(elements.data());
  for (std::size_t k = 0; k < count; ++k)
    std::reverse(bytes + k * sizeof(T), bytes + (k + 1) * sizeof(T));
  return elements;
}

template <class T>
Tensor read(InputFile& file, std::vector<std::ptrdiff_t> shape, std::endian byte_order) {
  const std::size_t count = product(1, shape).value();
  if (sizeof(T) > 1 && byte_order == std::endian::big)
    return tensor_of(std::move(shape), swapped<T>(file, count));
  std::shared_ptr<const std::byte> bytes = file.map(count * sizeof(T));
  if (reinterpret_cast<std::uintptr_t>(bytes.get()) % alignof(T) != 0) {
    std::vector<T> elements(count);
    std::memcpy(elements.data(), bytes.get(), count * sizeof(T));
    return tensor_of(std::move(shape), std::move(elements));
  }
  const std::span elements(reinterpret_cast<const T*>(bytes.get()), count);
  return {.shape = std::move(shape), .data = elements, .owner = std::move(bytes)};
}

/// `act` called with a span of no elements of that type.
template <class Act>
decltype(auto) with_element(Tensor::Element element, Act&& act) {
  switch (element) {
#define XENT_TENSOR_ELEMENT(name, T, ...) \
  case Tensor::Element::name:             \
    return act(std::span<const T>());
#include "tensors/tensor_elements.def"
#undef XENT_TENSOR_ELEMENT
  }
  __builtin_unreachable();
}

/// Patterns as numbers of type T, where they lie.
template <class T>
std::span<const T> numbers_of(const Tensor& tensor) {
  return std::visit(
      []<class P>(std::span<const P> patterns) -> std::span<const T> {
        if constexpr (sizeof(P) == sizeof(T))
          return {reinterpret_cast<const T*>(patterns.data()), patterns.size()};
        else
          return {};
      },
      tensor.data);
}

}  // namespace

std::optional<DType> Tensor::dtype() const { return find_dtype(to_string(element())); }

bool Tensor::has_integers() const {
  return Element::i8 <= element() && element() <= Element::boolean;
}

bool Tensor::has_patterns() const {
  return element() == Element::i16 || element() == Element::u16 || element() == Element::pattern16;
}

std::size_t Tensor::size() const {
  return std::visit([](const auto& elements) { return elements.size(); }, data);
}

std::string_view to_string(Tensor::Element element) {
  constexpr std::string_view names[] = {
#define XENT_TENSOR_ELEMENT(name, T, text, ...) text,
#include "tensors/tensor_elements.def"
#undef XENT_TENSOR_ELEMENT
  };
  return names[static_cast<std::size_t>(element)];
}

ElementNames file_names_of(Tensor::Element element) {
  constexpr ElementNames names[] = {
#define XENT_TENSOR_ELEMENT(name, T, text, ...) {__VA_ARGS__},
#include "tensors/tensor_elements.def"
#undef XENT_TENSOR_ELEMENT
  };
  return names[static_cast<std::size_t>(element)];
}

std::size_t size_of(Tensor::Element element) {
  return with_element(element, []<class T>(std::span<const T>) { return sizeof(T); });
}

Tensor as_dtype(Tensor tensor, DType dtype, const std::string& place) {
  if (tensor.dtype() == dtype) return tensor;
  if (!tensor.has_patterns() || size_of(dtype) != sizeof(Pattern16))
    throw FileError(place, fmt::format("holds {}, which cannot be taken for {}",
                                       to_string(tensor.element()), to_string(dtype)));
  with_dtype(dtype, [&]<class T>(T) { tensor.data = numbers_of<T>(tensor); });
  return tensor;
}

std::optional<std::size_t> product(std::size_t unit, std::span<const std::ptrdiff_t> shape) {
  std::size_t result = unit;
  for (const std::ptrdiff_t size : shape)
    if (__builtin_mul_overflow(result, static_cast<std::size_t>(std::max<std::ptrdiff_t>(size, 1)),
                               &result))
      return std::nullopt;
  return std::ranges::find(shape, 0) == shape.end() ? result : 0;
}

Tensor read_elements(InputFile& file, Tensor::Element element, std::vector<std::ptrdiff_t> shape,
                     std::endian byte_order) {
  return with_element(element, [&]<class T>(std::span<const T>) {
    return read<T>(file, std::move(shape), byte_order);
  });
}

}  // namespace xent::tensors
