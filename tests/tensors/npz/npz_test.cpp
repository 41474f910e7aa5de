// SPDX-License-Identifier: MIT
// The .npz format: members are found by their names and read as the .npy files that they are,
// whatever the ways that an archive can hold them.
#include "tensors/npz/npz.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tensors/tensor_file.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/npz/zip_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using namespace std::string_literals;
using xent::FileError;

/// A .npy file of one f32.
std::string one(float value) {
  return npy(one_f4, {reinterpret_cast<const char*>(&value), sizeof value});
}

float read_one(const std::string& place) { return read_tensor(place).as<float>()[0]; }

TEST(Npz, MembersAreFoundByName) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  write_bytes(path, zip({{.name = "logits.npy", .content = one(1)},
                         {.name = "a/b c:d.npy", .content = one(2), .deflated = true},
                         {.name = "bare", .content = one(3)},
                         {.name = "bare.npy", .content = one(4)},
                         {.name = "gr\xc3\xb6\xc3\x9f"
                                  "e.npy",
                          .content = one(5)},
                         {.name = "\xff\n.npy", .content = one(6)},
                         {.name = "", .content = "a folder, say"},
                         {.name = "readme.txt", .content = "text"}}));
  for (const auto& [name, value] :
       {std::pair{"logits", 1.0F}, std::pair{"logits.npy", 1.0F}, std::pair{"a/b c:d", 2.0F},
        std::pair{"bare", 3.0F}, std::pair{"bare.npy", 4.0F}, std::pair{"größe", 5.0F},
        std::pair{"\xff\n", 6.0F}})
    EXPECT_EQ(read_one(path + ":" + name), value) << name;
  expect_fault<FileError>([&] { read_tensor(path + ":y"); },
                          path +
                              ": no array 'y'; there are 'logits', 'a/b c:d', 'bare', 'bare', "
                              "'gr????e' and 3 more");
  expect_fault<FileError>([&] { read_tensor(path); },
                          "which array is not said, as in FILE.npz:NAME; there are 'logits', ");
  expect_fault<FileError>([&] { read_tensor(path + ":readme.txt"); },
                          path + ": member 'readme.txt': is not a .npy file");
}

TEST(Npz, TheOnlyMemberNeedsNoName) {
  const Folder folder;
  const std::string path = folder.path + "/X.NpZ";
  write_bytes(path, zip({{.name = "arr_0.npy", .content = one(7), .deflated = true}}));
  EXPECT_EQ(read_one(path), 7);
  EXPECT_EQ(formats()[1]->named->only_tensor(path), "arr_0") << "and it has one";
  write_bytes(path, zip({}));
  expect_fault<FileError>([&] { read_tensor(path); }, "; there are none");
  EXPECT_EQ(formats()[1]->named->only_tensor(path), std::nullopt);
}

/// All the ways that writers have, of which NumPy has several.
TEST(Npz, EveryWayToHoldAMember) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  const std::string unknown_field = lengths(0x7875, 3) + "abc";
  for (int ways = 0; ways < 64; ++ways) {
    const auto has = [&](int way) { return (ways >> way & 1) != 0; };
    const Zipped other{.name = "y.npy", .content = one(9)};
    const Zipped member{.content = one(8),
                        .deflated = has(0),
                        .zip64 = has(1),
                        .described = has(2),
                        .extra = has(3) ? unknown_field : ""};
    const ZipEndSays end{.zip64 = has(4), .comment = has(5) ? "a comment PK" : ""};
    write_bytes(path, zip({other, member, other}, end));
    EXPECT_EQ(read_one(path + ":x"), 8) << fmt::format("ways {:06b}", ways);
  }
}

template <class T>
void both_orders(const std::string& path, const std::string& code) {
  const std::vector<T> values = {static_cast<T>(1), static_cast<T>(0), static_cast<T>(100)};
  for (const char order : {'<', '>'})
    for (const bool deflated : {false, true}) {
      std::string data(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
      for (auto at = data.begin(); order == '>' && at != data.end(); at += sizeof(T))
        std::reverse(at, at + sizeof(T));
      const std::string header =
          fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': (3,)}}", order, code);
      write_bytes(path, zip({{.content = npy(header, data), .deflated = deflated}}));
      EXPECT_TRUE(std::ranges::equal(read_tensor(path).as<T>(), values)) << order << code;
    }
}

TEST(Npz, BothByteOrders) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  both_orders<float>(path, "f4");
  both_orders<double>(path, "f8");
  both_orders<xent::f16>(path, "f2");
  both_orders<std::int16_t>(path, "i2");
  both_orders<std::int32_t>(path, "i4");
  both_orders<std::int64_t>(path, "i8");
  both_orders<std::uint16_t>(path, "u2");
  both_orders<std::uint32_t>(path, "u4");
  both_orders<std::uint64_t>(path, "u8");
}

/// Arrays of all lengths, past what is inflated at a time, behind names of all lengths.
RC_GTEST_PROP(Npz, WhatIsArchivedIsRead, ()) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  const auto count = *rc::gen::inRange<std::size_t>(0, 20'000);
  const auto step = *rc::gen::element(0U, 1U, 2654435761U);
  std::vector<std::uint32_t> values(count);
  for (std::size_t k = 0; k < count; ++k) values[k] = static_cast<std::uint32_t>(k) * step;
  std::string header =
      fmt::format("{{'descr': '<u4', 'fortran_order': False, 'shape': ({},)}}", count);
  header.resize(header.size() + *rc::gen::inRange<std::size_t>(0, 64), ' ');
  const std::string content =
      npy(header, {reinterpret_cast<const char*>(values.data()), 4 * count});
  const std::string name(*rc::gen::inRange<std::size_t>(0, 9), 'n');
  write_bytes(path,
              zip({{.name = "other", .content = "other"},
                   {.name = name, .content = content, .deflated = *rc::gen::arbitrary<bool>()}}));
  const Tensor tensor = read_npz(path, name);
  RC_ASSERT(tensor.shape == std::vector{static_cast<std::ptrdiff_t>(count)});
  RC_ASSERT(std::ranges::equal(tensor.as<std::uint32_t>(), values));
}

TEST(Npz, IsNotWritten) {
  const std::string place = "x.npz:loss";
  expect_fault<FileError>(
      [&] { require_writable(place, 1); },
      "x.npz: files of this kind are not written; write to .npy or FILE.safetensors:NAME");
}

}  // namespace
