// SPDX-License-Identifier: MIT
// The header of a .npy file, before the elements:
//   \x93NUMPY  major  minor  length (2 bytes in 1.0, else 4, little-endian)  dictionary
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tensors/input_file.hpp"

namespace xent::tensors {

inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// What the dictionary of a header says.
struct NpyHeader {
  std::string descr;  // element type, such as "<f4"; printable characters only
  bool fortran_order = false;
  std::vector<std::ptrdiff_t> shape;
};

/// Reads the header at the start of a file, of version 1.0, 2.0 or 3.0, and leaves the file at the
/// first element. Throws FileError where the file is no .npy file, is of another version, ends in
/// the header, or has one of more than 10,000 bytes or that parse_npy_dictionary() refuses.
NpyHeader read_npy_header(InputFile& file);

}  // namespace xent::tensors
