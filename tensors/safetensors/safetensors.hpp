// SPDX-License-Identifier: MIT
// The .safetensors format: named arrays of numbers, as frameworks store the weights of models.
// https://huggingface.co/docs/safetensors: its reference implementation is
// github.com/huggingface/safetensors.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {

/// Reads one tensor of type F32, F64, BF16, F16, BOOL, or I or U of 8 to 64 bits from a regular
/// file: the one of that name, or without a name the only one. Any fault of the file is a
/// FileError, be it in another tensor; so is a tensor that is not there, with the names of those
/// that are. The elements are those of the mapped file (see read_elements); else no more is
/// allocated than a small multiple of the header.
Tensor read_safetensors(const std::string& path, const std::optional<std::string>& name);

/// The same of a file that is open.
Tensor read_safetensors(InputFile& file, const std::optional<std::string>& name);

/// Whether a tensor may have that name: UTF-8, and not "__metadata__".
bool is_safetensors_name(std::string_view name);

/// The name of the only tensor of the file; nothing where it holds none or several. Throws
/// FileError.
std::optional<std::string> only_tensor(const std::string& path);

/// Writes a file of one tensor, which the caller commits, for float, double, bf16 and f16. `name`
/// is a name, `data` holds as many elements as `shape` says. Throws FileError.
template <class T>
void write_safetensors(OutputFile& file, std::string_view name,
                       std::span<const std::ptrdiff_t> shape, std::span<const T> data);

}  // namespace xent::tensors
