// SPDX-License-Identifier: MIT
#include "cases/tensor_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <xent/nearest_names.hpp>

#include "cases/npy.hpp"
#include "cases/safetensors.hpp"

namespace xent::cases {

TensorPlace parse_place(const std::string& place) {
  constexpr std::string_view extension = ".safetensors";
  const std::string lower = small_letters(place);
  if (lower.ends_with(extension)) return {.path = place, .safetensors = true};
  const auto at = lower.find(std::string(extension) + ':');
  if (at == std::string::npos) return {.path = place};
  const auto colon = at + extension.size();
  std::string path = place.substr(0, colon);
  if (colon + 1 == place.size()) throw FileError(path, "the name of the tensor after ':' is empty");
  return {.path = std::move(path), .safetensors = true, .name = place.substr(colon + 1)};
}

std::string path_of(const std::string& place) { return parse_place(place).path; }

Tensor read_tensor(const std::string& place) {
  const TensorPlace at = parse_place(place);
  return at.safetensors ? read_safetensors(at.path, at.name) : read_npy(at.path);
}

void require_writable(const std::string& place, std::size_t axes) {
  const TensorPlace at = parse_place(place);
  if (!at.safetensors && axes > most_npy_axes)
    throw FileError(at.path, fmt::format("a .npy file has at most {} axes, this array {}; write to "
                                         "FILE.safetensors instead",
                                         most_npy_axes, axes));
  if (at.name && !is_safetensors_name(*at.name))
    throw FileError(at.path, "no tensor can have that name: it is '__metadata__' or not UTF-8");
}

template <class T>
void write_tensor(OutputFile& file, const std::string& place, std::string_view name,
                  std::span<const std::ptrdiff_t> shape, std::span<const T> data) {
  require_writable(place, shape.size());
  const TensorPlace at = parse_place(place);
  if (at.safetensors)
    return write_safetensors(file, at.name.value_or(std::string(name)), shape, data);
  write_npy(file, shape, data);
}

#define XENT_INSTANTIATE(T)                                                     \
  template void write_tensor(OutputFile&, const std::string&, std::string_view, \
                             std::span<const std::ptrdiff_t>, std::span<const T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::cases
