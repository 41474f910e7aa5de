// SPDX-License-Identifier: MIT
// What the name of a file leads to.
#pragma once

#include <optional>
#include <string>

namespace xent::system {

/// The name behind all symbolic links, whether or not a file is there. Nothing, with errno set,
/// where the links have no end. "" where a link leads to an open file that has no such name, as
/// those of /dev/fd may.
std::optional<std::string> behind_links(const std::string& path);

/// The folder that holds it: ".", or what is before the last slash.
std::string folder_of(const std::string& path);

}  // namespace xent::system
