// SPDX-License-Identifier: MIT
// Faulty .npy files: each fault is named.
#include <span>
#include <utility>
#include <vector>

#include <rapidcheck.h>
#include <sys/stat.h>

#include "cases/npy.hpp"
#include "tests/expect.hpp"
#include "tests/npy_bytes.hpp"

namespace {

using xent::FileError;
using xent::cases::read_npy;
using xent::cases::write_npy;
using namespace xent::tests;

using Shape = std::vector<std::ptrdiff_t>;

void faulty_headers(const std::string& path) {
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
      {"{'shape': (x,)}", "something else than sizes"},
      {"{'shape': (,)}", "something else than sizes"},
      {"{'shape': (9223372036854775808,)}", "too large"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "follows its '}'"},
      {"{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}",
       "elements of type '<c8' are not read; '<f4', '<f8', '<i4', '<i8', '<f2', '<u2', '|V2', "
       "'<V2' are"},
      {"{'descr': '<f2', 'fortran_order': False, 'shape': (1,)}",
       "the shape (1) takes 2 bytes of data, the file holds 4"},
      {"{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}", "(big-endian)"},
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

void faulty_files(const Folder& folder, const std::string& path) {
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
  expect(::mkfifo(pipe.c_str(), 0600) == 0, "a pipe is made");
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

int main() {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  faulty_headers(path);
  faulty_files(folder, path);
  return exit_code();
}
