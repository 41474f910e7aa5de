// SPDX-License-Identifier: MIT
// The text in the header of a .npy file: a Python dictionary in the form
//   {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
#pragma once

#include <stdexcept>
#include <string_view>

#include "tensors/npy/npy_header.hpp"

namespace xent::tensors {

/// Text that is no such dictionary; the message is the fault.
struct InvalidNpyDictionary : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Parses the dictionary of a file of version `major`.0. Keys in any order, blanks and comments
/// anywhere between tokens; before version 3 a size may end in L, as Python 2 writes it. Throws
/// InvalidNpyDictionary, also where a key is missing, repeated or unknown, and where a size is
/// negative or past ptrdiff_t. What Python does not read is not read, and of what it reads only
/// literals as NumPy writes them: no number but in decimal digits, no string of several parts.
NpyHeader parse_npy_dictionary(std::string_view text, int major);

}  // namespace xent::tensors
