// SPDX-License-Identifier: MIT
#include "tensors/torch/torch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "system/output_file.hpp"
#include "tensors/format.hpp"
#include "tensors/input_file.hpp"
#include "tensors/npy/npy.hpp"
#include "tensors/npy/npy_header.hpp"
#include "tensors/npz/zip_directory.hpp"
#include "tensors/safetensors/safetensors_header.hpp"

namespace xent::tensors {
namespace {

bool is_pickled_data(std::string_view member) {
  return member == "data.pkl" || member.ends_with("/data.pkl");
}

/// Of the directory, or, where the archive is cut off, of the first member, which data.pkl is.
bool has_pickled_data(ZipBytes archive) {
  bool has = false;
  try {
    ZipDirectory(archive).each(
        [&](const ZipMember& member) { has = has || is_pickled_data(member.name); });
  } catch (const InvalidZip&) {
    if (!begins_with(archive, local_header)) return false;
    const ZipBytes names = archive.subspan(local_header.size);
    const std::size_t size = number_at<std::uint16_t>(archive, 26);
    return is_pickled_data(text_of(names.first(std::min(size, names.size()))));
  }
  return has;
}

/// A pickle of protocol 2 to 5, and not the length of a .safetensors header.
bool is_pickle(ZipBytes content) {
  if (content.size() < 8 || content[0] != std::byte{0x80}) return false;
  const bool has_protocol = content[1] >= std::byte{2} && content[1] <= std::byte{5};
  return has_protocol && number_at<std::uint64_t>(content, 0) > longest_safetensors_header;
}

/// The path where it needs no quoting in Python and is short.
std::string in_python(const std::string& path) {
  constexpr std::size_t longest = 40;
  const bool is_plain = std::ranges::all_of(path, [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') ||
           std::string_view("_-./").find(c) != std::string_view::npos;
  });
  return is_plain && path.size() <= longest ? path : "FILE.pt";
}

/// A .npy file is read whatever it is called.
Tensor read_npy_or_refuse(const std::string& path, const std::optional<std::string>& name) {
  InputFile file(path);
  std::string start(std::min<std::size_t>(npy_magic.size(), file.left()), '\0');
  file.read(start.data(), start.size(), "");
  if (start == npy_magic && !name) return read_npy(path);
  file.fail(torch_advice(path));
}

constexpr NamedTensors by_name{
    .is_name = [](std::string_view /*name*/) { return true; },
    .only_tensor = [](const std::string& /*path*/) { return std::optional<std::string>(); },
    .require_container = nullptr};

constexpr std::string_view more_extensions[] = {"pth", "bin"};

}  // namespace

extern const Format torch_format{
    .name = "pt",
    .more_extensions = more_extensions,
    .is_offered = false,
    .named = &by_name,
    .read = read_npy_or_refuse,
    .write = nullptr,
};

bool is_of_torch(const std::string& path) try {
  InputFile file(path);
  const std::size_t size = file.left();
  const std::shared_ptr<const std::byte> owner = file.map(size);
  const ZipBytes content{owner.get(), size};
  return has_pickled_data(content) || is_pickle(content);
} catch (const FileError&) {
  return false;
}

std::string torch_advice(const std::string& path) {
  const std::string from = in_python(path);
  const std::string to = std::filesystem::path(from).stem().string() + ".safetensors";
  return fmt::format(
      "{}, xent_save.save('{}', torch.load('{}')) of examples/xent_save.py "
      "or safetensors.torch.save_file(torch.load('{}'), '{}')",
      is_of_torch(path) ? "is a pickle, as torch.save writes; in Python"
                        : "is not read; if torch.save wrote it, in Python",
      to, from, from, to);
}

}  // namespace xent::tensors
