// SPDX-License-Identifier: MIT
// The .npy reader allocates little, whatever the header claims, and for the elements of a file
// nothing: they are mapped, and patterns are taken for numbers where they lie.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tensors/npy/npy.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/largest_allocation.hpp"
#include "tests/support/npy_bytes.hpp"

namespace {

using namespace xent::tests;
using xent::tensors::read_npy;

constexpr std::size_t little = 4096;  // bytes

TEST(NpyAllocation, FalseClaims) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::string claims[] = {
      std::string("\x93NUMPY\2\0\0\0\0\x7f{", 13),
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (268435456,)}", "12345678"),
      npy("{'descr': '<i4', 'fortran_order': False, 'shape': (16384, 16384)}", "1234"),
      npy("{'descr': '<i4', 'fortran_order': True, 'shape': (16384, 16384)}", "1234"),
  };
  for (const std::string& claim : claims) {
    write_bytes(path, claim);
    const std::size_t allocated =
        largest_allocation([&] { expect_fault<xent::FileError>([&] { read_npy(path); }, path); });
    EXPECT_TRUE(0 < allocated && allocated < little) << "little is allocated";
  }
}

TEST(NpyAllocation, GoodFiles) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::vector<float> data(1 << 20, 1.5F);
  const std::ptrdiff_t shape[] = {1 << 10, 1 << 10};
  xent::tensors::write_npy<float>(path, shape, data);
  float last = 0;
  std::size_t allocated = largest_allocation([&] { last = read_npy(path).as<float>().back(); });
  EXPECT_TRUE(last == 1.5F && 0 < allocated && allocated < little) << "4 MiB of f32 are mapped";

  std::string header = "{'descr': '<u2', 'fortran_order': True, 'shape': (1024, 1024)}";
  header.resize(118, ' ');
  write_bytes(path, npy(header, std::string(1 << 21, '\x3f')));
  std::uint16_t pattern = 0;
  allocated = largest_allocation([&] {
    const auto numbers = as_dtype(read_npy(path), xent::DType::bf16, path);
    pattern = numbers.as<xent::bf16>().back().bits;
  });
  EXPECT_TRUE(pattern == 0x3f3f && 0 < allocated && allocated < little) << "and so are patterns";
}

}  // namespace
