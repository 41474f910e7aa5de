// SPDX-License-Identifier: MIT
// The header of a .npy file: a Python dictionary in the form
//   {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace xent::tensors {

struct NpyHeader {
  std::string descr;  // element type, such as "<f4"; printable characters only
  bool fortran_order = false;
  std::vector<std::ptrdiff_t> shape;
};

/// Text that is no such header; the message is the fault.
struct InvalidNpyHeader : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The header of a file of version `major`.0. Keys in any order, blanks and comments anywhere
/// between tokens; before version 3 a size may end in L, as Python 2 writes it. Throws
/// InvalidNpyHeader, also where a key is missing, repeated or unknown, and where a size is negative
/// or past ptrdiff_t. What Python does not read is not read, and of what it reads only literals as
/// NumPy writes them: no number but in decimal digits, no string of several parts.
NpyHeader parse_npy_header(std::string_view text, int major);

}  // namespace xent::tensors
