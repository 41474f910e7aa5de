// SPDX-License-Identifier: MIT
// Fuzzes the reader of .npy: any bytes are an array or a fault of the file.
#include "tensors/npy/npy.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "tensors/input_file.hpp"
#include "tests/fuzz/live_heap.hpp"
#include "tests/fuzz/tensor.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xent;
  const fuzz::LiveHeap heap(size);
  const std::string name = "x.npy";
  try {
    tensors::InputFile file(name, std::as_bytes(std::span(data, size)));
    fuzz::use(tensors::read_npy(file), name);
  } catch (const FileError& fault) {
    fuzz::require_message(fault.what(), name);
  }
  return 0;
}
