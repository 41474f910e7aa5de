// SPDX-License-Identifier: MIT
#include "cases/tensor.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include <xent/output_file.hpp>

#include "cases/input_file.hpp"

namespace xent::cases {
namespace {

static_assert(std::endian::native == std::endian::little);  // as the elements in files are

template <class T>
Tensor read(InputFile& file, std::vector<std::ptrdiff_t> shape) {
  const std::size_t count = product(1, shape).value();
  std::shared_ptr<const std::byte> bytes = file.map(count * sizeof(T));
  if (std::bit_cast<std::uintptr_t>(bytes.get()) % alignof(T) != 0) {
    std::vector<T> elements(count);
    std::memcpy(elements.data(), bytes.get(), count * sizeof(T));
    return tensor_of(std::move(shape), std::move(elements));
  }
  const std::span elements(reinterpret_cast<const T*>(bytes.get()), count);
  return {.shape = std::move(shape), .data = elements, .owner = std::move(bytes)};
}

template <class T>
std::span<const T> numbers_of(std::span<const std::uint16_t> patterns) {
  static_assert(sizeof(T) == sizeof(std::uint16_t));
  static_assert(alignof(T) == alignof(std::uint16_t));
  return {reinterpret_cast<const T*>(patterns.data()), patterns.size()};
}

}  // namespace

std::optional<DType> Tensor::dtype() const { return find_dtype(to_string(element())); }

std::size_t Tensor::size() const {
  return std::visit([](const auto& elements) { return elements.size(); }, data);
}

std::string_view to_string(Tensor::Element element) {
  switch (element) {
    case Tensor::Element::f32: return "f32";
    case Tensor::Element::f64: return "f64";
    case Tensor::Element::i32: return "i32";
    case Tensor::Element::i64: return "i64";
    case Tensor::Element::bf16: return "bf16";
    case Tensor::Element::f16: return "f16";
    case Tensor::Element::u16: return "u16";
  }
  return "";
}

std::size_t size_of(Tensor::Element element) {
  switch (element) {
    case Tensor::Element::f64:
    case Tensor::Element::i64: return 8;
    case Tensor::Element::f32:
    case Tensor::Element::i32: return 4;
    default: return 2;
  }
}

Tensor as_dtype(Tensor tensor, DType dtype, const std::string& place) {
  if (tensor.dtype() == dtype) return tensor;
  if (tensor.element() != Tensor::Element::u16 || size_of(dtype) != sizeof(std::uint16_t))
    throw FileError(place, fmt::format("holds {}, which cannot be taken for {}",
                                       to_string(tensor.element()), to_string(dtype)));
  const auto patterns = tensor.as<std::uint16_t>();
  if (dtype == DType::bf16)
    tensor.data = numbers_of<bf16>(patterns);
  else
    tensor.data = numbers_of<f16>(patterns);
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

Tensor read_elements(InputFile& file, Tensor::Element element, std::vector<std::ptrdiff_t> shape) {
  switch (element) {
    case Tensor::Element::f32: return read<float>(file, std::move(shape));
    case Tensor::Element::f64: return read<double>(file, std::move(shape));
    case Tensor::Element::i32: return read<std::int32_t>(file, std::move(shape));
    case Tensor::Element::i64: return read<std::int64_t>(file, std::move(shape));
    case Tensor::Element::bf16: return read<bf16>(file, std::move(shape));
    case Tensor::Element::f16: return read<f16>(file, std::move(shape));
    case Tensor::Element::u16: return read<std::uint16_t>(file, std::move(shape));
  }
  return {};
}

}  // namespace xent::cases
