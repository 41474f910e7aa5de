// SPDX-License-Identifier: MIT
#include "cases/tensor.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include <fmt/format.h>

#include <xent/output_file.hpp>

#include "cases/input_file.hpp"

namespace xent::cases {
namespace {

static_assert(std::endian::native == std::endian::little);  // as the elements in files are

template <class T>
std::vector<T> read(InputFile& file, std::size_t count) {
  std::vector<T> data(count);
  file.read(data.data(), count * sizeof(T), "the file ends inside the data");
  return data;
}

template <class T>
std::vector<T> numbers_of(const std::vector<std::uint16_t>& patterns) {
  std::vector<T> numbers(patterns.size());
  std::ranges::transform(patterns, numbers.begin(), [](std::uint16_t bits) { return T{bits}; });
  return numbers;
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
  const auto* const patterns = std::get_if<std::vector<std::uint16_t>>(&tensor.data);
  if (patterns == nullptr || size_of(dtype) != sizeof(std::uint16_t))
    throw FileError(place, fmt::format("holds {}, which cannot be taken for {}",
                                       to_string(tensor.element()), to_string(dtype)));
  Tensor result{.shape = std::move(tensor.shape), .data = {}};
  if (dtype == DType::bf16)
    result.data = numbers_of<bf16>(*patterns);
  else
    result.data = numbers_of<f16>(*patterns);
  return result;
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
  Tensor tensor{.shape = std::move(shape), .data = {}};
  const std::size_t count = product(1, tensor.shape).value();
  switch (element) {
    case Tensor::Element::f32: tensor.data = read<float>(file, count); break;
    case Tensor::Element::f64: tensor.data = read<double>(file, count); break;
    case Tensor::Element::i32: tensor.data = read<std::int32_t>(file, count); break;
    case Tensor::Element::i64: tensor.data = read<std::int64_t>(file, count); break;
    case Tensor::Element::bf16: tensor.data = read<bf16>(file, count); break;
    case Tensor::Element::f16: tensor.data = read<f16>(file, count); break;
    case Tensor::Element::u16: tensor.data = read<std::uint16_t>(file, count); break;
  }
  return tensor;
}

}  // namespace xent::cases
