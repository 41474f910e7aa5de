// SPDX-License-Identifier: MIT
// The content of a member of a zip archive.
#pragma once

#include <memory>
#include <string>

#include "tensors/input_file.hpp"
#include "tensors/npz/zip_directory.hpp"

namespace xent::tensors {

/// The content of a member of `directory`, in the archive of that path whose bytes `owner` owns.
/// What is stored is compared with its checksum at once, and lies where the archive has it; what is
/// deflated is inflated while it is read (see Inflated). Throws InvalidZip: other compressions are
/// not read, nor are members that are encrypted, or whose data do not belong to them alone.
InputFile open_member(const ZipDirectory& directory, const ZipMember& member,
                      const std::string& path, const std::shared_ptr<const void>& owner);

}  // namespace xent::tensors
