// SPDX-License-Identifier: MIT
// Whether the tensors of a .safetensors file go together: each name once, and the data covered
// without overlap.
#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tensors/name_list.hpp"
#include "tensors/safetensors/safetensors_header.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {
namespace {

[[noreturn]] void fail(const SafetensorsEntry& tensor, std::string_view fault) {
  throw InvalidSafetensorsHeader(fmt::format("tensor {}: {}", shown(tensor.name), fault));
}

/// Of one element; nothing for a type that is not known.
std::optional<std::size_t> bytes_of(std::string_view dtype) {
  constexpr std::pair<std::string_view, std::size_t> known[] = {
      {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1},
      {"U16", 2},  {"I16", 2}, {"F16", 2}, {"BF16", 2},    {"U32", 4},
      {"I32", 4},  {"F32", 4}, {"U64", 8}, {"I64", 8},     {"F64", 8}};
  for (const auto& [name, bytes] : known)
    if (name == dtype) return bytes;
  return std::nullopt;
}

void check_size(const SafetensorsEntry& tensor) {
  const auto unit = bytes_of(tensor.dtype);
  if (!unit) return;
  const auto bytes = product(*unit, tensor.shape);
  if (!bytes) fail(tensor, fmt::format("the shape ({}) overflows", fmt::join(tensor.shape, ", ")));
  if (*bytes != tensor.end - tensor.begin)
    fail(tensor,
         fmt::format("{} of shape ({}) takes {} bytes, 'data_offsets' hold {}", tensor.dtype,
                     fmt::join(tensor.shape, ", "), *bytes, tensor.end - tensor.begin));
}

void check_names(const std::vector<SafetensorsEntry>& tensors) {
  std::vector<std::string_view> names;
  names.reserve(tensors.size());
  for (const SafetensorsEntry& tensor : tensors) names.emplace_back(tensor.name);
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice != names.end())
    throw InvalidSafetensorsHeader(fmt::format("tensor {} is there twice", shown(*twice)));
}

}  // namespace

void check_layout(std::vector<SafetensorsEntry>& tensors, std::uint64_t data_bytes) {
  check_names(tensors);
  std::ranges::sort(tensors, {},
                    [](const SafetensorsEntry& t) { return std::tuple(t.begin, t.end); });
  std::uint64_t covered = 0;
  for (const SafetensorsEntry& tensor : tensors) {
    if (tensor.begin > tensor.end) fail(tensor, "its data end before they begin");
    if (tensor.end > data_bytes)
      fail(tensor, fmt::format("its data end at byte {}, the file holds {} bytes of data",
                               tensor.end, data_bytes));
    if (tensor.begin < covered) fail(tensor, "its data overlap those of another");
    if (tensor.begin > covered)
      fail(tensor,
           fmt::format("the {} bytes before its data belong to no tensor", tensor.begin - covered));
    check_size(tensor);
    covered = tensor.end;
  }
  if (covered != data_bytes)
    throw InvalidSafetensorsHeader(
        fmt::format("the tensors take {} bytes of data, the file holds {}", covered, data_bytes));
}

}  // namespace xent::tensors
