// SPDX-License-Identifier: MIT
// The formats of files that hold tensors. tensors/formats.def lists them.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "system/output_file.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {

/// A tensor that is to be written.
struct NewTensor {
  std::string name;  // where the format has names
  Tensor::Element element;
  std::vector<std::ptrdiff_t> shape;
  std::span<const std::byte> bytes;  // in C order, as many as element and shape say
};

/// A format that holds tensors by name, beside what every format has.
struct NamedTensors {
  /// Tells whether a tensor may have that name.
  bool (*is_name)(std::string_view name);
  /// Returns the name of the only tensor of a file, or nothing. Throws FileError.
  std::optional<std::string> (*only_tensor)(const std::string& path);
  /// Returns the file that holds the tensor of that name, or without a name the only one. Throws
  /// FileError. Null where it is the file itself.
  std::string (*file_of)(const std::string& path, const std::optional<std::string>& name) = nullptr;
  /// Throws FileError unless tensors can be put into that file, which need not be there. Null where
  /// the format is not written.
  void (*require_container)(const std::string& path);
};

struct Format {
  std::string_view name;  // and the extension of its files, in any case
  std::span<const std::string_view> more_extensions = {};
  bool is_offered = true;  // else its files are recognised to say what to do instead
  std::size_t most_axes = std::numeric_limits<std::size_t>::max();
  const NamedTensors* named = nullptr;  // null: a file is one tensor without a name

  /// Reads the tensor of that name, or without a name the only one. Throws FileError.
  Tensor (*read)(const std::string& path, const std::optional<std::string>& name);
  /// Writes a file of the tensors, one where the format has no names, which the caller commits. The
  /// tensors of other names that are in the file `kept` ("": none) stay. Throws FileError. Null
  /// where the format is read alone.
  void (*write)(OutputFile& file, std::span<const NewTensor> tensors, const std::string& kept);
};

/// All formats, in the order of tensors/formats.def. What has no extension of theirs is taken for
/// the first.
std::span<const Format* const> formats();

}  // namespace xent::tensors
