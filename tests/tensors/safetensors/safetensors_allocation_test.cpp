// SPDX-License-Identifier: MIT
// The .safetensors reader allocates little, whatever the header claims: not for a length that the
// file has not, not for nesting, and for the data nothing: they are mapped.
#include <cstddef>
#include <cstdint>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tensors/safetensors/safetensors.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/largest_allocation.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using namespace xent::tests;
using xent::tensors::read_safetensors;

constexpr std::size_t little = 4096;  // bytes

std::size_t allocated_by_fault(const std::string& path) {
  return largest_allocation(
      [&] { expect_fault<xent::FileError>([&] { read_safetensors(path, "x"); }, path); });
}

TEST(SafetensorsAllocation, FalseClaims) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::string claims[] = {
      length_bytes(std::uint64_t{1} << 60) + "{}",
      length_bytes(99'999'999) + "{}",
      safetensors(R"({"x":{"dtype":"F64","shape":[268435456],"data_offsets":[0,2147483648]}})",
                  "1"),
      safetensors(R"({"x":{"dtype":"F64","shape":[268435456],"data_offsets":[0,8]}})", "12345678"),
      safetensors(R"({"x":{"dtype":"F8","shape":[268435456],"data_offsets":[0,1]}})", "1"),
  };
  for (const std::string& claim : claims) {
    write_bytes(path, claim);
    const std::size_t allocated = allocated_by_fault(path);
    EXPECT_TRUE(0 < allocated && allocated < little) << "little is allocated";
  }
  std::string deep = "{\"x\":";
  deep.append(1 << 20, '[');
  write_bytes(path, safetensors(deep, ""));
  EXPECT_LE(allocated_by_fault(path), deep.size() + 64) << "a nested header takes its own length";
}

/// A file of 1 MiB of bytes, and behind them "x": 2^18 f32, all 1.
TEST(SafetensorsAllocation, GoodFiles) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::size_t bytes = 1 << 20;
  std::string ones;
  while (ones.size() < bytes) ones.append("\0\0\x80\x3f", 4);
  std::string header = fmt::format(R"({{"all":{{"dtype":"U8","shape":[{0}],)"
                                   R"("data_offsets":[0,{0}]}},"x":{{"dtype":"F32",)"
                                   R"("shape":[{1}],"data_offsets":[{0},{2}]}}}})",
                                   bytes, bytes / 4, 2 * bytes);
  header.resize((header.size() + 7) / 8 * 8, ' ');
  write_bytes(path, safetensors(header, std::string(bytes, '\0') + ones));
  float last = 0;
  const std::size_t allocated =
      largest_allocation([&] { last = read_safetensors(path, "x").as<float>().back(); });
  EXPECT_EQ(last, 1) << "the tensor behind another is read";
  EXPECT_TRUE(0 < allocated && allocated < little) << "neither is copied";
}

}  // namespace
