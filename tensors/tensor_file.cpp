// SPDX-License-Identifier: MIT
#include "tensors/tensor_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "system/nearest_names.hpp"

namespace xent::tensors {

namespace {

/// A format, and where the name of a tensor begins behind a file of its extension.
struct Named {
  const Format* format = nullptr;
  std::size_t colon = std::string::npos;
};

/// The first ".EXTENSION:" of a format that has names.
Named first_named(const std::string& lower) {
  Named first;
  for (const Format* format : formats()) {
    if (format->named == nullptr) continue;
    const auto at = lower.find(fmt::format(".{}:", format->name));
    if (at != std::string::npos && at + 1 + format->name.size() < first.colon)
      first = {.format = format, .colon = at + 1 + format->name.size()};
  }
  return first;
}

}  // namespace

TensorPlace parse_place(const std::string& place) {
  const std::string lower = small_letters(place);
  if (const auto [format, colon] = first_named(lower); format != nullptr) {
    std::string path = place.substr(0, colon);
    if (colon + 1 == place.size())
      throw FileError(path, "the name of the tensor after ':' is empty");
    return {.path = std::move(path), .format = format, .name = place.substr(colon + 1)};
  }
  for (const Format* format : formats())
    if (lower.ends_with(fmt::format(".{}", format->name))) return {.path = place, .format = format};
  return {.path = place, .format = formats().front()};
}

std::string places_text() {
  std::string text;
  for (const Format* format : formats()) {
    if (format != formats().front()) text += format == formats().back() ? " or " : ", ";
    text += format->named == nullptr ? fmt::format(".{}", format->name)
                                     : fmt::format("FILE.{}:NAME", format->name);
  }
  return text;
}

std::string path_of(const std::string& place) { return parse_place(place).path; }

Tensor read_tensor(const std::string& place) {
  const TensorPlace at = parse_place(place);
  return at.format->read(at.path, at.name);
}

void require_written(const TensorPlace& place) {
  if (place.format->write == nullptr)
    throw FileError(place.path, fmt::format(".{} files are read, not written; write to .npy or "
                                            "FILE.safetensors:NAME",
                                            place.format->name));
}

void require_writable(const std::string& place, std::size_t axes) {
  const TensorPlace at = parse_place(place);
  require_written(at);
  if (axes > at.format->most_axes)
    throw FileError(at.path, fmt::format("a .{} file has at most {} axes, this array {}; write to "
                                         "FILE.safetensors instead",
                                         at.format->name, at.format->most_axes, axes));
  if (at.name && !at.format->named->is_name(*at.name))
    throw FileError(at.path, "no tensor can have that name: it is '__metadata__' or not UTF-8");
}

template <class T>
void write_tensor(OutputFile& file, const std::string& place, std::string_view name,
                  std::span<const std::ptrdiff_t> shape, std::span<const T> data) {
  require_writable(place, shape.size());
  const TensorPlace at = parse_place(place);
  const NewTensor tensor{.name = at.name.value_or(std::string(name)),
                         .element = tensor_element_of<T>,
                         .shape = {shape.begin(), shape.end()},
                         .bytes = std::as_bytes(data)};
  at.format->write(file, std::span(&tensor, 1), "");
}

#define XENT_INSTANTIATE(T)                                                     \
  template void write_tensor(OutputFile&, const std::string&, std::string_view, \
                             std::span<const std::ptrdiff_t>, std::span<const T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::tensors
