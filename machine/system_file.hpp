// SPDX-License-Identifier: MIT
// System files: what the system says in small text files, which may be missing.
#pragma once

#include <fstream>
#include <string>

namespace xent::machine {

/// The first line, "" where the file cannot be read.
inline std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

}  // namespace xent::machine
