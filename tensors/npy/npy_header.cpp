// SPDX-License-Identifier: MIT
// Reads the magic, the version, the length and the dictionary of a .npy header.
#include "tensors/npy/npy_header.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "tensors/npy/npy_dictionary.hpp"

namespace xent::tensors {
namespace {

constexpr std::uint32_t longest_header = 10'000;  // of what NumPy reads since 1.24

}  // namespace

NpyHeader read_npy_header(InputFile& file) {
  constexpr std::string_view truncated = "the file ends inside the .npy header";
  std::array<char, 8> start = {};
  file.read(start.data(), std::min<std::size_t>(npy_magic.size(), file.left()), truncated);
  if (std::string_view(start.data(), npy_magic.size()) != npy_magic)
    file.fail("is not a .npy file");
  file.read(start.data() + npy_magic.size(), 2, truncated);
  const int major = static_cast<unsigned char>(start[6]);
  const int minor = static_cast<unsigned char>(start[7]);
  if (major < 1 || major > 3 || minor != 0)
    file.fail(fmt::format(".npy version {}.{} is not read; 1.0, 2.0 and 3.0 are", major, minor));
  std::uint32_t length = 0;
  file.read(&length, major == 1 ? 2 : 4, truncated);
  if (length > file.left()) file.fail(truncated);
  if (length > longest_header)
    file.fail(fmt::format("the .npy header of {} bytes is longer than {}", length, longest_header));
  std::string text(length, '\0');
  file.read(text.data(), length, truncated);
  try {
    return parse_npy_dictionary(text, major);
  } catch (const InvalidNpyDictionary& fault) {
    file.fail(fault.what());
  }
}

}  // namespace xent::tensors
