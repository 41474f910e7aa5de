// SPDX-License-Identifier: MIT
#include "tensors/npz/npz.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tensors/format.hpp"
#include "tensors/input_file.hpp"
#include "tensors/name_list.hpp"
#include "tensors/npy/npy.hpp"
#include "tensors/npz/zip_content.hpp"
#include "tensors/npz/zip_directory.hpp"

namespace xent::tensors {
namespace {

constexpr std::string_view extension = ".npy";  // which NumPy puts behind the name of an array

std::string_view array_name(std::string_view member) {
  if (member.ends_with(extension)) member.remove_suffix(extension.size());
  return member;
}

/// The members of a name, and of all names.
struct Found {
  std::optional<ZipMember> member = {};
  NameList all = {};
};

/// Keeps a member of that name. Throws InvalidZip where there is another.
void keep(std::optional<ZipMember>& kept, const ZipMember& member) {
  if (kept) throw InvalidZip(fmt::format("member {} is there twice", shown(member.name)));
  kept = member;
}

/// As NumPy has it: the member of that very name comes before that of the name and ".npy".
Found find(const ZipDirectory& directory, const std::optional<std::string>& name) {
  Found found;
  std::optional<ZipMember> with_extension;
  const std::string extended = name.value_or("") + std::string(extension);
  directory.each([&](const ZipMember& member) {
    found.all.add(array_name(member.name));
    if (!name)
      found.member = member;
    else if (member.name == *name)
      keep(found.member, member);
    else if (member.name == extended)
      keep(with_extension, member);
  });
  if (!name && found.all.size() != 1) found.member.reset();
  if (!found.member) found.member = with_extension;
  return found;
}

struct Archive {
  std::shared_ptr<const std::byte> owner;
  ZipBytes bytes;
};

Archive mapped(InputFile& file) {
  const std::size_t size = file.left();
  const std::shared_ptr<const std::byte> owner = file.map(size);
  return {.owner = owner, .bytes = {owner.get(), size}};
}

std::optional<std::string> only_member(const std::string& path) {
  InputFile file(path);
  const Archive archive = mapped(file);
  try {
    const auto member = find(ZipDirectory(archive.bytes), std::nullopt).member;
    return member ? std::optional(std::string(array_name(member->name))) : std::nullopt;
  } catch (const InvalidZip& fault) {
    file.fail(fault.what());
  }
}

constexpr NamedTensors by_name{.is_name = [](std::string_view /*name*/) { return true; },
                               .only_tensor = only_member,
                               .require_container = nullptr};

}  // namespace

extern const Format npz_format{
    .name = "npz",
    .named = &by_name,
    .read = [](const std::string& path,
               const std::optional<std::string>& name) { return read_npz(path, name); },
    .write = nullptr,
};

Tensor read_npz(const std::string& path, const std::optional<std::string>& name) {
  InputFile file(path);
  return read_npz(file, name);
}

Tensor read_npz(InputFile& file, const std::optional<std::string>& name) try {
  const Archive archive = mapped(file);
  const ZipDirectory directory(archive.bytes);
  const Found found = find(directory, name);
  if (!found.member && name)
    file.fail(fmt::format("no array {}; there are {}", shown(*name), found.all.text()));
  if (!found.member)
    file.fail(fmt::format("which array is not said, as in FILE.npz:NAME; there are {}",
                          found.all.text()));
  InputFile content = open_member(directory, *found.member, file.path(), archive.owner);
  return read_npy(content);
} catch (const InvalidZip& fault) {
  file.fail(fault.what());
}

}  // namespace xent::tensors
