// SPDX-License-Identifier: MIT
// Fuzzes the reader of .safetensors: any bytes are tensors or a fault of the file.
#include "tensors/safetensors/safetensors.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "tensors/input_file.hpp"
#include "tests/fuzz/live_heap.hpp"
#include "tests/fuzz/tensor.hpp"

namespace {

void read(std::span<const std::byte> bytes, const std::optional<std::string>& tensor) {
  using namespace xent;
  const std::string name = "x.safetensors";
  try {
    tensors::InputFile file(name, bytes);
    fuzz::use(tensors::read_safetensors(file, tensor), name);
  } catch (const FileError& fault) {
    fuzz::require_message(fault.what(), name);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const xent::fuzz::LiveHeap heap(size);
  const bool named = size % 2 == 0;  // one of several, or the only one
  read(std::as_bytes(std::span(data, size)),
       named ? std::optional<std::string>("x") : std::nullopt);
  return 0;
}
