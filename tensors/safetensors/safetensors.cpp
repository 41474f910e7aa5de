// SPDX-License-Identifier: MIT
// A .safetensors file is the header's length (8 bytes, little-endian), the header, the elements.
#include "tensors/safetensors/safetensors.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tensors/format.hpp"
#include "tensors/input_file.hpp"
#include "tensors/name_list.hpp"
#include "tensors/safetensors/safetensors_header.hpp"
#include "tensors/safetensors/safetensors_writer.hpp"

namespace xent::tensors {
namespace {

static_assert(std::endian::native == std::endian::little);

/// The tensor of that name, or without a name the only one; nullptr where there is none.
const SafetensorsEntry* find(const std::vector<SafetensorsEntry>& tensors,
                             const std::optional<std::string>& name) {
  if (!name) return tensors.size() == 1 ? tensors.data() : nullptr;
  const auto found = std::ranges::find(tensors, *name, &SafetensorsEntry::name);
  return found == tensors.end() ? nullptr : &*found;
}

std::string names_of(const std::vector<SafetensorsEntry>& tensors) {
  NameList names;
  for (const SafetensorsEntry& tensor : tensors) names.add(tensor.name);
  return names.text();
}

const SafetensorsEntry& require(const InputFile& file, const std::vector<SafetensorsEntry>& tensors,
                                const std::optional<std::string>& name) {
  if (const SafetensorsEntry* tensor = find(tensors, name)) return *tensor;
  if (name) file.fail(fmt::format("no tensor {}; there are {}", shown(*name), names_of(tensors)));
  file.fail(fmt::format("which tensor is not said, as in FILE.safetensors:NAME; there are {}",
                        names_of(tensors)));
}

Tensor::Element element_of(const InputFile& file, const SafetensorsEntry& tensor) {
  std::string names;
  for (const Tensor::Element element : all_tensor_elements) {
    const std::string_view name = file_names_of(element).safetensors;
    if (name.empty()) continue;
    if (name == tensor.dtype) return element;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  file.fail(fmt::format("tensor {}: elements of type {} are not read; {} are", shown(tensor.name),
                        shown(tensor.dtype), names));
}

}  // namespace

SafetensorsHeader read_safetensors_header(InputFile& file) {
  std::uint64_t length = 0;
  file.read(&length, sizeof length, "the file ends inside the length of the .safetensors header");
  if (length > longest_safetensors_header)
    file.fail(fmt::format("the .safetensors header of {} bytes is longer than {}", length,
                          longest_safetensors_header));
  if (length > file.left())
    file.fail(fmt::format("the file ends inside the .safetensors header of {} bytes", length));
  SafetensorsHeader header{.text = std::string(length, '\0'), .tensors = {}};
  file.read(header.text.data(), length, "the file ends inside the .safetensors header");
  try {
    header.tensors = parse_safetensors_header(header.text);
    check_layout(header.tensors, file.left());
  } catch (const InvalidSafetensorsHeader& fault) {
    file.fail(fault.what());
  }
  return header;
}

Tensor read_safetensors(const std::string& path, const std::optional<std::string>& name) {
  InputFile file(path);
  return read_safetensors(file, name);
}

Tensor read_safetensors(InputFile& file, const std::optional<std::string>& name) {
  const std::vector<SafetensorsEntry> tensors = read_safetensors_header(file).tensors;
  const SafetensorsEntry& tensor = require(file, tensors, name);
  const Tensor::Element element = element_of(file, tensor);
  file.skip(tensor.begin);
  return read_elements(file, element, tensor.shape);
}

namespace {

void write_all(OutputFile& file, std::span<const NewTensor> tensors, const std::string& kept) {
  std::vector<StoredTensor> stored;
  for (const NewTensor& one : tensors)
    stored.push_back({one.name, file_names_of(one.element).safetensors, one.shape, one.bytes});
  write_safetensors(file, stored, kept);
}

constexpr NamedTensors by_name{.is_name = is_safetensors_name,
                               .only_tensor = only_tensor,
                               .require_container = require_container};

}  // namespace

extern const Format safetensors_format{
    .name = "safetensors",
    .named = &by_name,
    .read = [](const std::string& path,
               const std::optional<std::string>& name) { return read_safetensors(path, name); },
    .write = write_all,
};

bool is_safetensors_name(std::string_view name) {
  try {
    return nlohmann::json(name).dump() != R"("__metadata__")";
  } catch (const nlohmann::json::type_error&) {  // not UTF-8
    return false;
  }
}

std::optional<std::string> only_tensor(const std::string& path) {
  InputFile file(path);
  std::vector<SafetensorsEntry> tensors = read_safetensors_header(file).tensors;
  if (tensors.size() != 1) return std::nullopt;
  return std::move(tensors.front().name);
}

template <class T>
void write_safetensors(OutputFile& file, std::string_view name,
                       std::span<const std::ptrdiff_t> shape, std::span<const T> data) {
  assert(is_safetensors_name(name) && data.size() == product(1, shape));
  const NewTensor tensor{.name = std::string(name),
                         .element = tensor_element_of<T>,
                         .shape = {shape.begin(), shape.end()},
                         .bytes = std::as_bytes(data)};
  safetensors_format.write(file, std::span(&tensor, 1), "");
}

#define XENT_INSTANTIATE(T)                                                                       \
  template void write_safetensors(OutputFile&, std::string_view, std::span<const std::ptrdiff_t>, \
                                  std::span<const T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::tensors
