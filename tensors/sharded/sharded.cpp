// SPDX-License-Identifier: MIT
#include "tensors/sharded/sharded.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include <fmt/format.h>

#include "tensors/format.hpp"
#include "tensors/input_file.hpp"
#include "tensors/safetensors/safetensors.hpp"
#include "tensors/sharded/weight_map.hpp"

namespace xent::tensors {
namespace {

/// Whether the path, as it is written, leads to a file in the folder that it starts from or below.
bool stays_inside(const std::filesystem::path& path) {
  return path.has_filename() && path.is_relative() &&
         path.native().find('\0') == std::string::npos &&
         std::ranges::none_of(path, [](const auto& part) { return part == ".."; });
}

FoundShard find_in(InputFile& index, const std::optional<std::string>& name) try {
  const std::size_t size = index.left();
  const std::shared_ptr<const std::byte> text = index.map(size);
  return find_shard({reinterpret_cast<const char*>(text.get()), size}, name);
} catch (const InvalidIndex& fault) {
  index.fail(fault.what());
}

constexpr NamedTensors by_name{
    .is_name = is_safetensors_name,
    .only_tensor =
        [](const std::string& path) {
          InputFile index(path);
          return find_in(index, std::nullopt).tensor;
        },
    .file_of =
        [](const std::string& path, const std::optional<std::string>& name) {
          return find_shard_of(path, name).path;
        },
    .require_container = nullptr};

}  // namespace

extern const Format sharded_format{
    .name = "safetensors.index.json",
    .named = &by_name,
    .read = read_sharded,
    .write = nullptr,
};

Shard find_shard_of(const std::string& index, const std::optional<std::string>& name) {
  InputFile file(index);
  return find_shard_of(file, name);
}

Shard find_shard_of(InputFile& index, const std::optional<std::string>& name) {
  const FoundShard found = find_in(index, name);
  if (!found.tensor && name)
    index.fail(fmt::format("no tensor {}; there are {}", shown(*name), found.all.text()));
  if (!found.tensor)
    index.fail(fmt::format("which tensor is not said, as in FILE.{}:NAME; there are {}",
                           sharded_format.name, found.all.text()));
  const std::filesystem::path file = *found.file;
  if (!stays_inside(file))
    index.fail(fmt::format("tensor {}: its file {} is not in the folder of the index or below",
                           shown(*found.tensor), shown(*found.file)));
  return {.path = (std::filesystem::path(index.path()).parent_path() / file).string(),
          .tensor = *found.tensor};
}

Tensor read_sharded(const std::string& index, const std::optional<std::string>& name) {
  const Shard shard = find_shard_of(index, name);
  return read_safetensors(shard.path, shard.tensor);
}

}  // namespace xent::tensors
