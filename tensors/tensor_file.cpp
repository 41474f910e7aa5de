// SPDX-License-Identifier: MIT
#include "tensors/tensor_file.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "system/nearest_names.hpp"
#include "tensors/torch/torch.hpp"

namespace xent::tensors {

namespace {

/// Calls `act` with each format and each extension of its files, ".npy".
template <class Act>
void each_extension(Act act) {
  for (const Format* format : formats()) {
    act(*format, fmt::format(".{}", format->name));
    for (const std::string_view more : format->more_extensions)
      act(*format, fmt::format(".{}", more));
  }
}

/// A format, and where the name of a tensor begins behind a file of its extension.
struct Named {
  const Format* format = nullptr;
  std::size_t colon = std::string::npos;
};

/// The first ".EXTENSION:" of a format that has names.
Named first_named(const std::string& lower) {
  Named first;
  each_extension([&](const Format& format, const std::string& extension) {
    const auto at = lower.find(extension + ':');
    if (format.named != nullptr && at != std::string::npos && at + extension.size() < first.colon)
      first = {.format = &format, .colon = at + extension.size()};
  });
  return first;
}

/// The format of the extension that the text ends in, or else the first.
const Format& format_of(const std::string& lower) {
  const Format* found = formats().front();
  each_extension([&](const Format& format, const std::string& extension) {
    if (lower.ends_with(extension)) found = &format;
  });
  return *found;
}

}  // namespace

TensorPlace parse_place(const std::string& place) {
  const std::string lower = small_letters(place);
  const auto [format, colon] = first_named(lower);
  if (format == nullptr) return {.path = place, .format = &format_of(lower)};
  std::string path = place.substr(0, colon);
  if (colon + 1 == place.size()) throw FileError(path, "the name of the tensor after ':' is empty");
  return {.path = std::move(path), .format = format, .name = place.substr(colon + 1)};
}

std::string places_text() {
  std::vector<std::string> places;
  for (const Format* format : formats())
    if (format->is_offered)
      places.push_back(format->named == nullptr ? fmt::format(".{}", format->name)
                                                : fmt::format("FILE.{}:NAME", format->name));
  const std::string last = places.back();
  places.pop_back();
  return fmt::format("{} or {}", fmt::join(places, ", "), last);
}

std::string path_of(const std::string& place) { return parse_place(place).path; }

Tensor read_tensor(const std::string& place) {
  const TensorPlace at = parse_place(place);
  try {
    return at.format->read(at.path, at.name);
  } catch (const FileError&) {
    if (is_of_torch(at.path)) throw FileError(at.path, torch_advice(at.path));
    throw;
  }
}

void require_written(const TensorPlace& place) {
  if (place.format->write == nullptr)
    throw FileError(place.path,
                    "files of this kind are not written; write to .npy or FILE.safetensors:NAME");
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
