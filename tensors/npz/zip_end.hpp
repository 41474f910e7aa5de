// SPDX-License-Identifier: MIT
// The end of a zip archive, which says where its central directory lies.
#pragma once

#include <cstdint>
#include <stdexcept>

#include "tensors/npz/zip_record.hpp"

namespace xent::tensors {

/// Bytes that are no zip archive; the message is the fault, in one line.
struct InvalidZip : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The central directory: so many members in the bytes from `begin` to `end` of the file.
struct ZipEnd {
  std::uint64_t members = 0, begin = 0, end = 0;
};

/// Finds the end of an archive that has one, in one file without anything before or after it, with
/// or without Zip64. The directory then lies in the file, and what it is said to hold is not known
/// yet to be there. Throws InvalidZip.
ZipEnd find_zip_end(ZipBytes archive);

}  // namespace xent::tensors
