// SPDX-License-Identifier: MIT
#include "system/links.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace xent::system {
namespace {

bool same_file(const std::string& a, const std::string& b) {
  struct ::stat one {
  }, other{};
  if (::stat(a.c_str(), &one) != 0 || ::stat(b.c_str(), &other) != 0) return false;
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool exists(const std::string& path) {
  struct ::stat there {};
  return ::stat(path.c_str(), &there) == 0;
}

/// Whether the links of the folder are those of /proc, which lead to files and not to names.
bool leads_to_files(const std::string& folder) {
  struct ::statfs system {};
  return ::statfs(folder.c_str(), &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

}  // namespace

std::optional<std::string> behind_links(const std::string& path) {
  constexpr int most_links = 40;  // as in Linux
  std::filesystem::path now = path;
  bool by_file = false;
  for (int k = 0; k <= most_links; ++k) {
    std::error_code none;
    const std::filesystem::path next = std::filesystem::read_symlink(now, none);
    if (!none) {
      by_file = by_file || leads_to_files(folder_of(now.string()));
      now = now.parent_path() / next;  // where `next` is absolute, itself
      continue;
    }
    // Names are not compared: another program may replace the file between two looks at it.
    return by_file && exists(path) && !same_file(path, now.string()) ? "" : now.string();
  }
  errno = ELOOP;
  return std::nullopt;
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace xent::system
