// SPDX-License-Identifier: MIT
// Models in several .safetensors files, by the index that lies beside them: as frameworks store
// large ones. They are read, not written.
// https://huggingface.co/docs/transformers/big_models
#pragma once

#include <optional>
#include <string>

#include "tensors/tensor.hpp"

namespace xent::tensors {

/// A tensor in one of several files.
struct Shard {
  std::string path, tensor;
};

/// The file that holds the tensor of that name, or without a name the only one, by the index of
/// that path: a regular file whose shards lie in its folder or below. Throws FileError, also where
/// a shard leaves the folder, and where the tensor is not there, with the names of those that are.
Shard find_shard_of(const std::string& index, const std::optional<std::string>& name);

/// The same of an index that is open.
Shard find_shard_of(InputFile& index, const std::optional<std::string>& name);

/// Reads that tensor (see read_safetensors); a fault names the index or the shard.
Tensor read_sharded(const std::string& index, const std::optional<std::string>& name);

}  // namespace xent::tensors
