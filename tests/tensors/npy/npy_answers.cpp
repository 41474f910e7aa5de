// SPDX-License-Identifier: MIT
// npy_answers PLACE…: what the readers of .npy and .npz make of each place, one line each:
//   TYPE SHAPE ORDER HASH     of its elements' bytes, or
//   refused: FAULT
// tests/tensors/npy/npy_against_numpy.py and tests/tensors/npz/npz_against_numpy.py compare it with
// what NumPy makes of them.
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tensors/element_order.hpp"
#include "tensors/tensor_file.hpp"

namespace {

/// FNV-1a.
std::uint64_t hash_of(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::byte byte : bytes)
    hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3;
  return hash;
}

void answer(const char* place) try {
  const xent::tensors::Tensor tensor = xent::tensors::read_tensor(place);
  const auto bytes =
      std::visit([](const auto& elements) { return std::as_bytes(elements); }, tensor.data);
  fmt::print("{} ({}) {} {:016x}\n", to_string(tensor.element()), fmt::join(tensor.shape, ","),
             tensor.fortran_order ? "F" : "C", hash_of(bytes));
} catch (const xent::FileError& fault) {
  fmt::print("refused: {}\n", fault.what());
}

}  // namespace

int main(int argc, char** argv) try {
  for (int k = 1; k < argc; ++k) answer(argv[k]);
  return 0;
} catch (const std::exception& fault) {
  (void)std::fputs(fault.what(), stderr);
  return 1;
}
