// SPDX-License-Identifier: MIT
// Faulty .npz files: each fault is named, and so is the member that has it.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "system/output_file.hpp"
#include "tensors/npz/npz.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/npz/zip_bytes.hpp"

namespace {

using namespace xent::tests;
using xent::FileError;
using xent::tensors::read_npz;

/// A .npy file of so many f32, all 0.
std::string zeros(std::size_t count) {
  return npy(fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({},)}}", count),
             std::string(4 * count, '\0'));
}

const std::string good = zeros(100);
const std::uint64_t size_of_good = good.size();
const std::string packed_good = deflate(good);

void expect_faults(const std::vector<std::pair<std::string, std::string>>& bytes_and_part) {
  const Folder folder;
  const std::string path = folder.path + "/x.npz";
  for (const auto& [bytes, part] : bytes_and_part) {
    write_bytes(path, bytes);
    expect_fault<FileError>([&] { read_npz(path, "x"); }, fmt::format("{}: {}", path, part));
  }
}

/// With the number at a place, counted from the end where it is negative, replaced.
template <class T>
std::string with(std::string bytes, std::ptrdiff_t at, T number) {
  const std::ptrdiff_t from = at < 0 ? std::ssize(bytes) + at : at;
  return bytes.replace(static_cast<std::size_t>(from), sizeof number, little(number));
}

TEST(NpzFaults, Archives) {
  const std::string archive = zip({{.content = good}});
  const std::string wide = zip({{.content = good}}, {.zip64 = true});
  const std::size_t directory = 46 + 5;  // of one member, 'x.npy'
  expect_faults({
      {"", "is not a zip archive, as .npz files are"},
      {"not numpy at all, really, nor a zip archive", "is not a zip archive"},
      {good, "is not a zip archive"},
      {archive.substr(0, archive.size() / 2), "the end of the zip archive is missing; the file is"},
      {archive.substr(0, archive.size() - 1), "the file ends inside the end of the zip archive"},
      {archive + "more", "the zip archive does not end where the file ends"},
      {with<std::uint16_t>(archive, -2, 1), "the zip archive does not end where the file ends"},
      {"more" + archive, "the central directory of the zip archive is not where its end says"},
      {zip({{.content = good}}, {.size = 1U << 30U}),
       "the central directory of the zip archive is"},
      {zip({{.content = good}}, {.begin = 0}), "the central directory of the zip archive is not"},
      {zip({{.content = good}}, {.begin = 0xffffffff}), "the central directory of the zip archive"},
      {zip({{.content = good}}, {.members = 2}), "the central directory of 51 bytes cannot hold 2"},
      {zip({{.content = good}}, {.members = 0}), "the central directory goes on after its last"},
      {zip({{.content = good}, {.name = std::string(46, 'y')}}, {.members = 3}),
       "the central directory ends after 2 of its 3 members"},
      {with<std::uint16_t>(archive, -22 + 4, 1), "is one of several files of a zip archive"},
      {with<std::uint16_t>(archive, -22 + 8, 0), "is one of several files of a zip archive"},
      {with<std::uint16_t>(archive, -22 - static_cast<int>(directory) + 28, 6),
       "the central directory ends inside member 0"},
      {with<std::uint16_t>(archive, -22 - static_cast<int>(directory) + 30, 0xffff),
       "the central directory ends inside member 0"},
      {with<std::uint64_t>(wide, -22 - 20 + 8, std::uint64_t{1} << 63),
       "the Zip64 end of the zip archive is not where its locator says"},
      {with<std::uint64_t>(wide, -22 - 20 + 8, 0), "the Zip64 end of the zip archive is not where"},
      {with<std::uint64_t>(wide, -22 - 20 - 56 + 4, 43), "the Zip64 end of the zip archive is not"},
      {with<std::uint64_t>(wide, -22 - 20 - 56 + 40, ~std::uint64_t{}), "the central directory of"},
      {with<std::uint32_t>(wide, -22 + 12, 7), "the two ends of the zip archive disagree"},
      {zip({{.content = good}}, {.zip64 = true, .members = ~std::uint64_t{}}),
       "the central directory of 51 bytes cannot hold 18446744073709551615 members"},
  });
}

TEST(NpzFaults, Headers) {
  const std::string zip64_twice = lengths(1, 0) + lengths(1, 0);
  expect_faults({
      {zip({{.content = good}, {.content = good}}), "member 'x.npy' is there twice"},
      {zip({{.name = "x", .content = good}, {.name = "x", .content = good}}),
       "member 'x' is there twice"},
      {zip({{.content = good, .begin = 1U << 20U}}),
       "member 'x.npy': it begins behind the members"},
      {zip({{.content = good, .zip64 = true, .begin = ~std::uint64_t{}}}),
       "member 'x.npy': it begins"},
      {zip({{.name = "y", .content = good, .begin = 1U << 20U}, {.content = good}}),
       "member 'y': it begins behind the members"},
      {zip({{.content = good, .begin = 1}}),
       "member 'x.npy': its local header is not where it is said"},
      {zip({{.content = good, .packed = size_of_good + 1, .size = size_of_good + 1}}),
       fmt::format("member 'x.npy': its data of {} bytes do not end before", size_of_good + 1)},
      {zip({{.content = good, .zip64 = true, .packed = ~std::uint64_t{}}}),
       "member 'x.npy': its data of 18446744073709551615 bytes do not end before the central"},
      {zip({{.content = good, .packed = 0xffffffff}}),
       "member 'x.npy': it lacks the sizes of Zip64"},
      {zip({{.content = good, .extra = zip64_twice}}),
       "member 'x.npy': it has two extra fields of"},
      {zip({{.content = good, .extra = lengths(7, 1)}}),
       "member 'x.npy': an extra field is longer"},
      {zip({{.content = good, .flags = 1}}), "member 'x.npy': it is encrypted"},
      {zip({{.content = good, .flags = 1U << 6U}}), "member 'x.npy': it is encrypted"},
      {zip({{.content = good, .flags = 1U << 5U}}), "member 'x.npy': it is a patch of other data"},
      {zip({{.content = good, .method = 14}}),
       "member 'x.npy': it is compressed by method 14; 0 (stored) and 8 (deflate) are read"},
      {zip({{.content = good, .local_name = "y.npy"}}), "member 'x.npy': its two headers disagree"},
      {with<std::uint16_t>(zip({{.content = good}}), 8, 8), "member 'x.npy': its two headers"},
      {with<std::uint16_t>(zip({{.content = good}}), 28, 0xffff),
       "member 'x.npy': its local header"},
      {zip({{.content = good}, {.name = "y", .begin = 10}}),
       "member 'x.npy': its data overlap those of 'y'"},
      {zip({{.name = "y", .content = "y", .packed = 50}, {.content = good}}),
       "member 'x.npy': its data overlap those of 'y'"},
      {zip({{.content = good},
            {.name = "y", .zip64 = true, .packed = ~std::uint64_t{}, .begin = 0}}),
       "member 'x.npy': its data overlap those of 'y'"},
      {zip({{.content = good}, {.name = std::string(100, '\xff'), .content = good, .begin = 0}}),
       "member 'x.npy': its data overlap those of '" + std::string(60, '?') + "...'"},
  });
}

TEST(NpzFaults, Contents) {
  std::string damaged = packed_good;
  damaged[damaged.size() / 2] ^= 0x20;
  const std::string bomb = zeros(std::size_t{1} << 22U);
  expect_faults({
      {zip({{.content = good, .crc = 1}}), "member 'x.npy': its checksum is wrong; the data are"},
      {zip({{.content = good, .deflated = true, .crc = 1}}),
       "member 'x.npy': its checksum is wrong"},
      {zip({{.content = good, .size = 10}}),
       fmt::format("member 'x.npy': it is stored in {} bytes, and said to have 10", size_of_good)},
      {zip({{.content = good, .deflated = true, .size = size_of_good - 1}}),
       "member 'x.npy': the shape (100) takes 400 bytes of data, the file holds 399"},
      {zip({{.content = bomb, .deflated = true, .size = 10}}),
       "member 'x.npy': the file ends inside the .npy header"},
      {zip({{.content = good + bomb, .deflated = true, .size = size_of_good}}),
       fmt::format("member 'x.npy': it holds more than the {} bytes that it", size_of_good)},
      {zip({{.content = good.substr(0, 300), .deflated = true, .size = size_of_good}}),
       fmt::format("member 'x.npy': it holds 300 bytes, not the {} that it is said", size_of_good)},
      {zip({{.content = good.substr(0, 40), .deflated = true, .size = size_of_good}}),
       fmt::format("member 'x.npy': it holds less than the {} bytes that it", size_of_good)},
      {zip({{.content = good, .deflated = true, .size = 1U << 30U}}),
       fmt::format("member 'x.npy': the shape (100) takes 400 bytes of data, the file holds {}",
                   (1U << 30U) - (size_of_good - 400))},
      {zip({{.content = good, .deflated = true, .zip64 = true, .size = ~std::uint64_t{}}}),
       "member 'x.npy': the shape (100) takes 400 bytes of data, the file holds 184467440737095"},
      {zip({{.content = good, .deflated = true, .data = damaged}}), "member 'x.npy': "},
      {zip({{.content = good, .deflated = true, .data = "\x07 is no block"}}),
       "member 'x.npy': its compressed data are damaged"},
      {zip({{.content = good,
             .deflated = true,
             .data = packed_good.substr(0, packed_good.size() - 1)}}),
       "member 'x.npy': its compressed data are cut off"},
      {zip({{.content = good, .deflated = true, .data = ""}}),
       "member 'x.npy': its compressed data are cut off"},
      {zip({{.content = good, .deflated = true, .data = packed_good + "more"}}),
       "member 'x.npy': its compressed data end 4 bytes early"},
      {zip({{.content = "no array"}}), "member 'x.npy': is not a .npy file"},
      {zip({{.content = ""}}), "member 'x.npy': is not a .npy file"},
      {zip({{.content = "", .deflated = true}}), "member 'x.npy': is not a .npy file"},
      {zip({{.content = good.substr(0, 20)}}),
       "member 'x.npy': the file ends inside the .npy header"},
      {zip({{.content = npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "abcd"),
             .deflated = true}}),
       "member 'x.npy': elements of type '|O' (Python objects) are not read"},
  });
}

}  // namespace
