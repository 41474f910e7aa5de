// SPDX-License-Identifier: MIT
// The index of a model in several .safetensors files: a JSON object in the form
//   {"weight_map": {"name": "model-00001-of-00002.safetensors", ...}, "metadata": ...}
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tensors/name_list.hpp"

namespace xent::tensors {

/// Text that is no such index; the message is the fault, in one line.
struct InvalidIndex : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// What an index says of a tensor.
struct FoundShard {
  std::optional<std::string> tensor = {}, file = {};  // nothing where it is not there
  NameList all = {};                                  // the tensors
};

/// Finds the tensor of that name, or without a name the only one. Of the text nothing else is kept.
/// Throws InvalidIndex, also where "weight_map", or a tensor that is sought, is there twice.
FoundShard find_shard(std::string_view index, const std::optional<std::string>& name);

}  // namespace xent::tensors
