// SPDX-License-Identifier: MIT
// Fuzzes the reader of indexes: any bytes name a shard in the folder of the index or are a fault.
#include "tensors/sharded/sharded.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "system/output_file.hpp"
#include "tensors/input_file.hpp"
#include "tests/fuzz/live_heap.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xent;
  const fuzz::LiveHeap heap(size);
  const std::string name = "folder/x.safetensors.index.json";
  const bool named = size % 2 == 0;  // one of several, or the only one
  try {
    tensors::InputFile file(name, std::as_bytes(std::span(data, size)));
    const tensors::Shard shard =
        tensors::find_shard_of(file, named ? std::optional<std::string>("x") : std::nullopt);
    fuzz::require(shard.path.starts_with("folder/"), "the shard is in the folder");
    fuzz::require((shard.path + "/").find("/../") == std::string::npos, "and stays there");
  } catch (const FileError& fault) {
    fuzz::require_message(fault.what(), name);
  }
  return 0;
}
