// SPDX-License-Identifier: MIT
// The header of a .safetensors file: a JSON object in the form
//   {"name": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]}, ...,
//    "__metadata__": {"key": "value", ...}}
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace xent::tensors {

/// In bytes, as in the reference implementation.
inline constexpr std::uint64_t longest_safetensors_header = 100'000'000;

/// What the header says of one tensor.
struct SafetensorsEntry {
  std::string name;   // any text
  std::string dtype;  // as the file has it, such as "F32"; any text
  std::vector<std::ptrdiff_t> shape;
  std::uint64_t begin = 0, end = 0;  // its bytes in the data behind the header
};

/// Text that is no such header; the message is the fault, in one line.
struct InvalidSafetensorsHeader : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The tensors in the order of the text. Keys in any order, blanks behind the object. Throws
/// InvalidSafetensorsHeader, also where a key is missing, repeated or unknown.
std::vector<SafetensorsEntry> parse_safetensors_header(std::string_view text);

/// A header, and what it says.
struct SafetensorsHeader {
  std::string text;
  std::vector<SafetensorsEntry> tensors;  // in the order of their data
};

class InputFile;

/// Reads the header of a file, which then stands at the data; text and layout are checked. Throws
/// FileError.
SafetensorsHeader read_safetensors_header(InputFile& file);

/// Throws InvalidSafetensorsHeader unless each name is there once, each of the `data_bytes` behind
/// the header belongs to one tensor, and each tensor has as many as its type and shape say. A type
/// that is not known is no fault; its tensor may have any number of bytes. Sorts the tensors by
/// their place in the data.
void check_layout(std::vector<SafetensorsEntry>& tensors, std::uint64_t data_bytes);

}  // namespace xent::tensors
