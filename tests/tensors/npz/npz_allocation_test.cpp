// SPDX-License-Identifier: MIT
// The .npz reader has on the heap at a time, whatever is claimed, no more than the true size of the
// member and a constant; of what is not compressed it copies nothing that is aligned.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "system/output_file.hpp"
#include "tensors/npz/npz.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/largest_allocation.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/npz/zip_bytes.hpp"

namespace {

using namespace xent::tests;
using xent::tensors::read_npz;

constexpr std::size_t constant = 32'768;  // bytes; zlib itself takes less than 64 KiB beside it

/// A header of 128 bytes and the data.
std::string npy_of(std::size_t count, std::string_view data, std::string_view descr = "<f4") {
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({},)}}", descr, count);
  header.resize(118, ' ');
  return npy(header, data);
}

TEST(NpzAllocation, FalseClaims) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  const std::size_t count = std::size_t{1} << 40U;
  const std::uint64_t size = 4 * count + 128;
  const std::string nothing = npy_of(count, "");
  const std::string zeros = std::string(1 << 20, '\0');
  const std::string claims[] = {
      zip({{.content = npy_of(1, "abcd"), .deflated = true, .zip64 = true, .size = size}}),
      zip({{.content = nothing, .deflated = true, .zip64 = true, .size = size}}),
      zip({{.content = nothing + zeros, .deflated = true, .zip64 = true, .size = size}}),
      zip({{.content = npy_of(count, zeros, ">f4"),
            .deflated = true,
            .zip64 = true,
            .size = size}}),
      zip({{.content = nothing, .zip64 = true, .size = size}}),
      zip({{.content = nothing, .zip64 = true, .packed = size, .size = size}}),
      zip({{.content = npy_of(1, "abcd") + zeros, .deflated = true, .size = 132}}),
      zip({{.content = "x"}}, {.zip64 = true, .members = size}),
  };
  for (const std::string& claim : claims) {
    write_bytes(path, claim);
    const std::size_t lived =
        most_alive([&] { expect_fault<xent::FileError>([&] { read_npz(path, "x"); }, path); });
    EXPECT_TRUE(0 < lived && lived < constant) << lived << " bytes are little";
  }
}

TEST(NpzAllocation, ManyMembers) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  std::vector<Zipped> members(10'000);
  for (std::size_t k = 0; k < members.size(); ++k) members[k].name = fmt::format("{}.npy", k);
  members.back().content = npy_of(1, "abcd");
  write_bytes(path, zip(members));
  const std::size_t lived = most_alive([&] {
    EXPECT_EQ(read_npz(path, "9999").size(), 1) << "the last is read";
    expect_fault<xent::FileError>([&] { read_npz(path, "y"); }, " and 9995 more");
  });
  EXPECT_LT(lived, constant) << "a directory takes nothing";
}

/// 2^20 f32 that are 1, in both orders.
TEST(NpzAllocation, GoodMembers) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  const std::size_t count = 1 << 20;
  std::string ones, swapped;
  while (ones.size() < 4 * count) ones.append("\0\0\x80\x3f", 4);
  while (swapped.size() < 4 * count) swapped.append("\x3f\x80\0\0", 4);
  const auto lived = [&](const Zipped& member) {
    write_bytes(path, zip({member}));
    float last = 0;
    const std::size_t alive =
        most_alive([&] { last = read_npz(path, member.name).as<float>().back(); });
    EXPECT_EQ(last, 1) << member.name << " is read";
    return alive;
  };
  const std::string in_order = npy_of(count, ones);
  const std::string in_other = npy_of(count, swapped, ">f4");
  EXPECT_LT(lived({.name = "at32", .content = in_order, .extra = std::string(2, '\0')}), constant)
      << "aligned elements stay in the file";
  EXPECT_LT(lived({.name = "off33", .content = in_order}), 4 * count + constant)
      << "those that are not are copied once";
  EXPECT_LT(lived({.content = in_other}), 4 * count + constant)
      << "and so are those of other order";
  EXPECT_LT(lived({.content = in_order, .deflated = true}), 4 * count + constant)
      << "those that are compressed are there once";
  EXPECT_LT(lived({.content = in_other, .deflated = true}), 4 * count + constant)
      << "whatever their order";
  EXPECT_LT(lived({.content = npy(std::string(in_order.substr(10, 117)), ones), .deflated = true}),
            4 * count + constant)
      << "and wherever they begin";
}

}  // namespace
