// SPDX-License-Identifier: MIT
#include "system/file_identity.hpp"

#include <filesystem>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "system/links.hpp"

namespace xent::system {
namespace {

std::optional<FileIdentity> identity_of(const struct ::stat& there, std::string rest) {
  if (S_ISCHR(there.st_mode) && there.st_rdev == makedev(1, 3)) return std::nullopt;  // /dev/null
  return FileIdentity{there.st_dev, there.st_ino, std::move(rest)};
}

}  // namespace

std::optional<FileIdentity> identity_of(const std::string& path) {
  struct ::stat there {};
  if (::stat(path.c_str(), &there) == 0) return identity_of(there, "");
  const auto target = behind_links(path);
  if (!target) return std::nullopt;
  std::filesystem::path folder = std::filesystem::path(*target).lexically_normal();
  std::filesystem::path rest;
  do {
    rest = rest.empty() ? folder.filename() : folder.filename() / rest;
    folder = folder_of(folder.string());
    if (::stat(folder.c_str(), &there) == 0) return identity_of(there, rest.string());
  } while (folder != "." && folder != "/");
  return std::nullopt;
}

std::optional<FileIdentity> identity_of(int descriptor) {
  struct ::stat there {};
  if (::fstat(descriptor, &there) != 0) return std::nullopt;
  return identity_of(there, "");
}

}  // namespace xent::system
