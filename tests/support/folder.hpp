// SPDX-License-Identifier: MIT
// A folder of a test's own: tests run side by side, each in a process of its own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace xent::tests {

/// An empty folder that no other test has; it is removed with all that is in it.
struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "xent_test_XXXXXX").string();

  Folder() {
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error(path + ": cannot be made");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
  }
};

}  // namespace xent::tests
