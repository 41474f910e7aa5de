// SPDX-License-Identifier: MIT
// The .npy reader allocates no more than the file is long, whatever its header claims.
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "cases/npy.hpp"
#include "tests/expect.hpp"
#include "tests/npy_bytes.hpp"

namespace {

std::size_t largest_allocation = 0;

}  // namespace

void* operator new(std::size_t bytes) {
  largest_allocation = std::max(largest_allocation, bytes);
  if (void* memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main() {
  using namespace xent::tests;
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::string claims[] = {
      std::string("\x93NUMPY\2\0\0\0\0\x7f{", 13),
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (268435456,)}", "12345678"),
      npy("{'descr': '<i4', 'fortran_order': False, 'shape': (16384, 16384)}", "1234"),
  };
  for (const std::string& claim : claims) {
    write_bytes(path, claim);
    largest_allocation = 0;
    expect_fault<xent::FileError>([&] { xent::cases::read_npy(path); }, path);
    expect(0 < largest_allocation && largest_allocation < 65536, "little is allocated");
  }
  return exit_code();
}
