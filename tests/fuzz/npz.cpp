// SPDX-License-Identifier: MIT
// Fuzzes the reader of .npz: any bytes are an archive of arrays or a fault of the file.
#include "tensors/npz/npz.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "tensors/input_file.hpp"
#include "tests/fuzz/live_heap.hpp"
#include "tests/fuzz/tensor.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xent;
  const fuzz::LiveHeap heap(size);
  const std::string name = "x.npz";
  const bool named = size % 2 == 0;  // one of several, or the only one
  try {
    tensors::InputFile file(name, std::as_bytes(std::span(data, size)));
    fuzz::use(tensors::read_npz(file, named ? std::optional<std::string>("x") : std::nullopt),
              name);
  } catch (const FileError& fault) {
    fuzz::require_message(fault.what(), name);
  }
  return 0;
}
