// SPDX-License-Identifier: MIT
// Tensors by their place, which is text: "FILE.npy", or "FILE.safetensors:NAME" in the formats that
// hold several, where ":NAME" may be absent if the file holds one tensor. What has the extension of
// no format is taken for .npy.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <xent/element.hpp>

#include "system/output_file.hpp"
#include "tensors/format.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {

struct TensorPlace {
  std::string path;
  const Format* format;
  std::optional<std::string> name = {};  // of the tensor, where it is given
};

/// A file, or "FILE.EXTENSION:NAME" where the format of that extension has names, the extension in
/// any case. Throws FileError where there is a colon and no name after it.
TensorPlace parse_place(const std::string& place);

/// Returns how a place is written in each format that is read: ".npy, FILE.npz:NAME, ...".
std::string places_text();

/// The file of the place, without the name of a tensor.
std::string path_of(const std::string& place);

/// Reads the tensor (see read_npy, read_npz, read_safetensors). Throws FileError.
Tensor read_tensor(const std::string& place);

/// Throws FileError where the format of the place is read alone.
void require_written(const TensorPlace& place);

/// Throws FileError unless write_tensor can write an array of so many axes there: .npy has at most
/// most_npy_axes, and .safetensors no names but UTF-8 other than "__metadata__".
void require_writable(const std::string& place, std::size_t axes);

/// Writes the tensor to `file`, which is that of path_of(place) and which the caller commits, for
/// float, double, bf16 and f16; a .safetensors file then holds it alone, under `name` where the
/// place has none. `data` holds as many elements as `shape` says. Throws FileError.
template <class T>
void write_tensor(OutputFile& file, const std::string& place, std::string_view name,
                  std::span<const std::ptrdiff_t> shape, std::span<const T> data);

}  // namespace xent::tensors
