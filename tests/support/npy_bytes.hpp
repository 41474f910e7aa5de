// SPDX-License-Identifier: MIT
// Files of given bytes, in a folder of the test's own.
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/support/folder.hpp"

namespace xent::tests {

inline void write_bytes(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A .npy file of that header and data, whether it is a good one or not.
inline std::string npy(std::string_view header, std::string_view data, int major = 1) {
  const auto length = static_cast<std::uint32_t>(header.size());
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(major);
  bytes += '\0';
  char length_bytes[sizeof length];
  std::memcpy(length_bytes, &length, sizeof length);
  bytes.append(length_bytes, major == 1 ? 2 : 4);
  return bytes.append(header).append(data);
}

/// The header of one f32.
inline constexpr std::string_view one_f4 =
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";

}  // namespace xent::tests
