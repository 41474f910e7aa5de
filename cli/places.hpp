// SPDX-License-Identifier: MIT
// Places: the files that options name, and whether they can be told apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xent::cli {

struct Place {
  std::string option;  // "--loss-out"
  std::string text;    // as given: a file, "FILE.safetensors:NAME" of a tensor, "-"; "": none
  /// It is present where the place is of a tensor: the name that the tensor has where `text` gives
  /// none; "" stands for the only tensor of the file.
  std::optional<std::string> tensor = {};
};

using Places = std::vector<Place>;

/// Tells whether the text for people goes to standard output: it does unless the JSON goes there.
inline bool speaks(const std::string& json_file) { return json_file != "-"; }

/// The place of the text for people.
Place text_for_people(const std::string& json_file);

/// Throws UsageError where two outputs, or an output and an input, are one file (see
/// system::FileIdentity), unless they are tensors of different names in one .safetensors file; and
/// where an output is what standard output was redirected to.
void require_apart(const Places& outputs, const Places& inputs);

}  // namespace xent::cli
