// SPDX-License-Identifier: MIT
#include "tensors/safetensors/safetensors_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include <xent/element.hpp>

#include "tensors/input_file.hpp"
#include "tensors/safetensors/safetensors_header.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {
namespace {

using nlohmann::ordered_json;

/// The tensors of a file that stay.
struct Kept {
  std::string metadata = {};               // as JSON; "" where there is none
  std::vector<StoredTensor> tensors = {};  // of the mapped file
  std::shared_ptr<const std::byte> data = {};
  std::vector<SafetensorsEntry> entries = {};  // to which the tensors point
};

bool holds_something(const std::string& path) {
  std::error_code none;
  return !path.empty() && std::filesystem::is_regular_file(path, none) &&
         std::filesystem::file_size(path, none) != 0;
}

Kept read_kept(const std::string& path, std::span<const StoredTensor> replaced) {
  Kept kept;
  if (!holds_something(path)) return kept;
  InputFile file(path);
  SafetensorsHeader header = read_safetensors_header(file);
  const ordered_json document = ordered_json::parse(header.text);
  if (const auto found = document.find("__metadata__"); found != document.end())
    kept.metadata = found->dump();
  const std::size_t bytes = file.left();
  kept.data = file.map(bytes);
  kept.entries = std::move(header.tensors);
  for (const SafetensorsEntry& entry : kept.entries)
    if (std::ranges::find(replaced, entry.name, &StoredTensor::name) == replaced.end())
      kept.tensors.push_back(
          {.name = entry.name,
           .dtype = entry.dtype,
           .shape = entry.shape,
           .bytes =
               std::span(kept.data.get(), bytes).subspan(entry.begin, entry.end - entry.begin)});
  return kept;
}

std::size_t element_size(const StoredTensor& tensor) {
  const std::size_t count = product(1, tensor.shape).value_or(0);
  return count == 0 ? 1 : tensor.bytes.size() / count;
}

std::string header_of(const std::string& metadata, std::span<const StoredTensor> tensors) {
  ordered_json header = ordered_json::object();
  if (!metadata.empty()) header["__metadata__"] = ordered_json::parse(metadata);
  std::size_t begin = 0;
  for (const StoredTensor& tensor : tensors) {
    const std::size_t end = begin + tensor.bytes.size();
    header[tensor.name] = {
        {"dtype", tensor.dtype}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
    begin = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the data start at a multiple of 8
  return text;
}

/// Through memory of our own: a mapped file that is shortened meanwhile is then found out as such.
void copy(std::span<const std::byte> bytes, OutputFile& file) {
  constexpr std::size_t most = 1U << 20U;
  std::vector<std::byte> part;
  while (!bytes.empty()) {
    const auto next = bytes.first(std::min(most, bytes.size()));
    part.assign(next.begin(), next.end());
    file.write(part.data(), part.size());
    bytes = bytes.subspan(next.size());
  }
}

}  // namespace

void require_container(const std::string& path) { (void)read_kept(path, {}); }

void write_safetensors(OutputFile& file, std::span<const StoredTensor> tensors,
                       const std::string& kept) {
  const Kept there = read_kept(kept, tensors);
  std::vector<StoredTensor> all = there.tensors;
  all.insert(all.end(), tensors.begin(), tensors.end());
  std::ranges::stable_sort(all, std::greater(), element_size);
  const std::string header = header_of(there.metadata, all);
  const std::uint64_t length = header.size();
  file.write(&length, sizeof length);
  file.write(header);
  for (const StoredTensor& tensor : all) copy(tensor.bytes, file);
}

}  // namespace xent::tensors
