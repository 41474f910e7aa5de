// SPDX-License-Identifier: MIT
// The .npz format: zip archives of .npy files, as numpy.savez and numpy.savez_compressed write
// them. They are read, not written.
#pragma once

#include <optional>
#include <string>

#include "tensors/tensor.hpp"

namespace xent::tensors {

/// Reads one member, which is a .npy file (see read_npy), from a regular file: the one of that
/// name, byte by byte, or of that name and ".npy", or without a name the only one. Any fault of the
/// archive's directory or of the member is a FileError; so is a member that is not there, with the
/// names of those that are. The elements of a member that is not compressed are those of the mapped
/// file; else its true size is allocated, whatever is claimed, and beside it less than 256 KiB.
Tensor read_npz(const std::string& path, const std::optional<std::string>& name);

/// The same of a file that is open.
Tensor read_npz(InputFile& file, const std::optional<std::string>& name);

}  // namespace xent::tensors
