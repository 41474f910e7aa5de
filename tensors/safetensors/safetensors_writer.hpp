// SPDX-License-Identifier: MIT
// Writing .safetensors files of several tensors, or a few more into one that is there.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "system/output_file.hpp"

namespace xent::tensors {

/// A tensor as the file holds it.
struct StoredTensor {
  std::string name;
  std::string_view dtype;  // as the format has it, "F32"
  std::vector<std::ptrdiff_t> shape;
  std::span<const std::byte> bytes;  // in C order, as many as type and shape say
};

/// Throws FileError unless tensors can be put into that file: it is not there, is empty, or is a
/// .safetensors file without a fault.
void require_container(const std::string& path);

/// Writes a file of the tensors, whose names differ, which the caller commits. The tensors of the
/// .safetensors file `kept` ("" or not there: none) that have other names are copied, byte by byte,
/// and so is its metadata. Larger elements come first, so that all are aligned. Throws FileError.
void write_safetensors(OutputFile& file, std::span<const StoredTensor> tensors,
                       const std::string& kept);

}  // namespace xent::tensors
