// SPDX-License-Identifier: MIT
// Faulty .npy files: each fault is named.
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/stat.h>

#include "tensors/npy/npy.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"

namespace {

using xent::FileError;
using xent::tensors::read_npy;
using xent::tensors::write_npy;
using namespace xent::tests;

using Shape = std::vector<std::ptrdiff_t>;

TEST(NpyFaults, FaultyHeaders) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::string_view header_and_part[][2] = {
      {"", "'{' is missing"},
      {"[]", "'{' is missing"},
      {"{}", "is missing"},
      {"{'descr': '<f4', 'shape': (1,)}", "'fortran_order', 'shape' is missing"},
      {"{'descr': '<f4' 'shape': (1,)}", "neither ',' nor '}'"},
      {"{'descr' '<f4', 'shape': (1,)}", "':' is missing"},
      {"{'descr': <f4, 'shape': (1,)}", "'descr' is not a string"},
      {"{'descr': '<f4, 32 characters and no quote", "no closing quote"},
      {"{'descr': '\n'}", "no short printable string"},
      {"{'descr': '<f4', 'descr': '<f4'}", "'descr' is there twice"},
      {"{'colour': 1}", "unknown key 'colour'"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'strides': (0,)}",
       "unknown key 'strides'"},
      {"{'descr': '<f4', 'fortran_order': 0}", "neither True nor False"},
      {"{'shape': 1}", "'(' is missing"},
      {"{'shape': (1)}", "'shape' is a number, not a tuple"},
      {"{'shape': (1 2)}", "without a comma"},
      {"{'shape': (-1,)}", "negative"},
      {"{'shape': (1.5,)}", "without a comma"},
      {"{'shape': (2l,)}", "without a comma"},
      {"{'shape': (2LL,)}", "without a comma"},
      {"{'shape': (02,)}", "begins with 0"},
      {"{'shape': (0x2,)}", "without a comma"},
      {"{'shape': (+2,)}", "something else than sizes"},
      {"{'shape': (True,)}", "something else than sizes"},
      {"{'shape': [1]}", "'(' is missing"},
      {"\n  {'shape': (1,)}", "begins with a blank in its second line"},
      {"{'shape': (1,), # \x01\n}", "a comment is not printable"},
      {"{'shape': (x,)}", "something else than sizes"},
      {"{'shape': (,)}", "something else than sizes"},
      {"{'shape': (9223372036854775808,)}", "too large"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "follows its '}'"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}\r ", "carriage return follows"},
      {"{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}",
       "elements of type '<c8' are not read; f4, f8, f2, i1, i2, i4, i8, u1, u2, u4, u8, b1, V2 "
       "are"},
      {"{'descr': '<f2', 'fortran_order': False, 'shape': (1,)}",
       "the shape (1) takes 2 bytes of data, the file holds 4"},
      {"{'descr': '', 'fortran_order': False, 'shape': (1,)}", "elements of type '' are not read"},
      {"{'descr': '<', 'fortran_order': False, 'shape': (1,)}",
       "elements of type '<' are not read"},
      {"{'descr': '<f4 ', 'fortran_order': False, 'shape': (1,)}", "type '<f4 ' are not read"},
      {"{'descr': '<f4,<f4', 'fortran_order': False, 'shape': (1,)}", "'<f4,<f4' are not read"},
      {"{'descr': '<M8', 'fortran_order': False, 'shape': (1,)}", "'<M8' are not read"},
      {"{'descr': b'<f4', 'fortran_order': False, 'shape': (1,)}", "'descr' is not a string"},
      {"{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (1,)}",
       "'descr' is not a string"},
      {"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "(Python objects)"},
      {"{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", "structured dtype"},
      {"{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1)}",
       "the shape (2, 1) takes 8 bytes of data, the file holds 4"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
       "the shape (2) takes 8 bytes of data, the file holds 4"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}", "takes 0 bytes"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,)}", "the file holds 4"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", "overflows"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387905,)}", "overflows"},
  };
  for (const auto& [header, part] : header_and_part) {
    write_bytes(path, npy(header, "abcd"));
    expect_fault<FileError>([&] { read_npy(path); }, part);
  }
}

/// What NumPy 1.24 does not read is not read, whoever wrote it.
TEST(NpyFaults, PastNumpy) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const auto header = [](std::size_t axes) {
    std::string shape;
    for (std::size_t k = 0; k < axes; ++k) shape += "1,";
    return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + ")}";
  };
  const auto padded = [](std::size_t length) {
    std::string text(one_f4);
    text.resize(length, ' ');
    return text;
  };
  write_bytes(path, npy(header(32), "abcd"));
  EXPECT_EQ(read_npy(path).shape.size(), 32) << "32 axes are read";
  write_bytes(path, npy(padded(10'000), "abcd", 2));
  EXPECT_EQ(read_npy(path).size(), 1) << "a header of 10,000 bytes is read";
  write_bytes(path, npy(header(33), "abcd"));
  expect_fault<FileError>([&] { read_npy(path); }, "the shape has 33 axes, more than the 32");
  write_bytes(path, npy(padded(10'001), "abcd", 2));
  expect_fault<FileError>([&] { read_npy(path); }, "the .npy header of 10001 bytes is longer");
  const std::string unended = fmt::format("{}\n ", one_f4);
  write_bytes(path, npy(unended, "abcd", 2));
  EXPECT_EQ(read_npy(path).size(), 1) << "a last line of blanks is read";
  write_bytes(path, npy(unended, "abcd", 3));
  expect_fault<FileError>([&] { read_npy(path); }, "its last line is blank and has no end");
  write_bytes(path, npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1L,)}", "abcd", 3));
  expect_fault<FileError>([&] { read_npy(path); }, "ends in L, as in Python 2");
}

TEST(NpyFaults, FaultyFiles) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::pair<std::string, std::string_view> bytes_and_part[] = {
      {"", "is not a .npy file"},
      {"PK\3\4 an archive", "is not a .npy file"},
      {npy(one_f4, "abcd", 4), ".npy version 4.0 is not read"},
      {std::string("\x93NUMPY\1\1", 8), ".npy version 1.1 is not read"},
      {npy(one_f4, "abc"), "the shape (1) takes 4 bytes of data, the file holds 3"},
      {npy(one_f4, "abcde"), "the shape (1) takes 4 bytes of data, the file holds 5"},
      {std::string("\x93NUMPY\2\0\xff\xff\xff\xff{", 13), "the file ends inside the .npy header"},
  };
  for (const auto& [bytes, part] : bytes_and_part) {
    write_bytes(path, bytes);
    expect_fault<FileError>([&] { read_npy(path); }, path + ": " + std::string(part));
  }
  const std::string pipe = folder.path + "/pipe";
  EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0) << "a pipe is made";
  expect_fault<FileError>([&] { read_npy(pipe); }, pipe + ": is not a regular file");
  const std::string missing = folder.path + "/missing.npy";
  expect_fault<FileError>([&] { read_npy(missing); }, missing + ": no such file");
  expect_fault<FileError>([&] { read_npy(folder.path); }, "is a directory");
  const float one = 1;
  expect_fault<FileError>(
      [&] { write_npy<float>(missing + "/x.npy", Shape{1}, std::span(&one, 1)); },
      "cannot be written");
}

}  // namespace
