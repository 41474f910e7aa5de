// SPDX-License-Identifier: MIT
// FileIdentity: which file a name means, whatever the name.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace xent::system {

/// Two names of one file (hard links, symbolic links, "./x" and "x") have one identity; of a file
/// that is not there, it is that of the nearest folder that is, and the way from there.
struct FileIdentity {
  ::dev_t device = 0;
  ::ino_t inode = 0;
  std::string rest;  // "" where the file is there

  bool operator==(const FileIdentity&) const = default;
};

/// Nothing for what holds nothing (/dev/null), and where not even a folder is found.
std::optional<FileIdentity> identity_of(const std::string& path);

/// That of the open file.
std::optional<FileIdentity> identity_of(int descriptor);

}  // namespace xent::system
