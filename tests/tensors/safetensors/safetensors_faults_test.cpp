// SPDX-License-Identifier: MIT
// Faulty headers of .safetensors files: each fault is named.
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tensors/safetensors/safetensors.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using xent::FileError;
using xent::tensors::read_safetensors;
using namespace xent::tests;

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int k = 0; k < times; ++k) result += text;
  return result;
}

/// The header of "x", of that type, shape and offsets.
std::string entry(std::string_view dtype, std::string_view shape, std::string_view offsets) {
  return fmt::format(R"({{"x":{{"dtype":{},"shape":{},"data_offsets":{}}}}})", dtype, shape,
                     offsets);
}

TEST(SafetensorsFaults, FaultyTexts) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::pair<std::string, std::string> header_and_part[] = {
      {"", "does not begin with '{'"},
      {" {}", "does not begin with '{'"},
      {"[]", "does not begin with '{'"},
      {"{", "not JSON in UTF-8 at byte"},
      {"{} x", "not JSON in UTF-8 at byte"},
      {R"({"x":1e999})", "not JSON in UTF-8 at byte"},
      {"{\"\xff\":{}}", "not JSON in UTF-8 at byte"},
      {"{\"\xc0\x80\":{}}", "not JSON in UTF-8 at byte"},
      {"{/**/}", "not JSON in UTF-8 at byte"},
      {std::string("{}\0garbage", 10), "a NUL byte"},
      {repeated("[", 1 << 20), "does not begin with '{'"},
      {"{\"x\":" + repeated("[", 1 << 20), "'x' holds an array"},
      {repeated("{\"x\":", 1 << 20), "tensor 'x': unknown key 'x'"},
      {R"({"__metadata__":{"x":{)", "'x' holds an object"},
      {R"({"__metadata__":{"x":1}})", "'x' holds a number"},
      {R"({"__metadata__":[]})", "'__metadata__' holds an array"},
      {R"({"__metadata__":{},"__metadata__":{}})", "'__metadata__' is there twice"},
      {R"({"x":null})", "'x' holds null"},
      {R"({"x":"F32"})", "'x' holds a string"},
      {R"({"x":{}})", "tensor 'x': one of 'dtype', 'shape', 'data_offsets' is missing"},
      {R"({"x":{"dtype":"F32","shape":[1]}})", "is missing"},
      {R"({"x":{"dtype":"F32","dtype":"F32"}})", "tensor 'x': 'dtype' is there twice"},
      {R"({"x":{"strides":[1]}})", "tensor 'x': unknown key 'strides'"},
      {R"({"a\nb\u0007":null})", "'a?b?' holds null"},
      {"{\"" + std::string(1000, 'x') + "\":null}", "'" + std::string(60, 'x') + "...' holds null"},
  };
  for (const auto& [header, part] : header_and_part) {
    write_bytes(path, safetensors(header, "abcd"));
    expect_fault<FileError>([&] { read_safetensors(path, "x"); },
                            path + ": the header is not that of tensors: ");
    expect_fault<FileError>([&] { read_safetensors(path, "x"); }, part);
  }
}

TEST(SafetensorsFaults, FaultyEntries) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::pair<std::string, std::string> header_and_part[] = {
      {entry("1", "[1]", "[0,4]"), "'dtype' holds a number"},
      {entry("[]", "[1]", "[0,4]"), "'dtype' holds an array"},
      {entry(R"("F32")", "1", "[0,4]"), "'shape' holds a number"},
      {entry(R"("F32")", R"("1")", "[0,4]"), "'shape' holds a string"},
      {entry(R"("F32")", "{}", "[0,4]"), "'shape' holds an object"},
      {entry(R"("F32")", "[[1]]", "[0,4]"), "'shape' holds an array"},
      {entry(R"("F32")", "[-1]", "[0,4]"), "'shape' holds a negative number"},
      {entry(R"("F32")", "[1.0]", "[0,4]"), "'shape' holds a number that is no integer"},
      {entry(R"("F32")", "[true]", "[0,4]"), "'shape' holds a boolean"},
      {entry(R"("F32")", "[9223372036854775808]", "[0,4]"), "a size of 'shape' is too large"},
      {entry(R"("F32")", "[18446744073709551616]", "[0,4]"), "no integer below 2^64"},
      {entry(R"("F32")", "[4294967296,4294967296]", "[0,4]"), "(4294967296, 4294967296) overflows"},
      {entry(R"("F32")", "[4611686018427387905]", "[0,4]"), "overflows"},
      {entry(R"("F32")", "[0,4611686018427387905]", "[0,4]"), "overflows"},
      {entry(R"("F32")", "[1" + repeated(",1", 64) + "]", "[0,4]"), "more than 64 axes"},
      {entry(R"("F32")", "[2]", "[0,4]"), "F32 of shape (2) takes 8 bytes, 'data_offsets' hold 4"},
      {entry(R"("BF16")", "[]", "[0,4]"), "takes 2 bytes, 'data_offsets' hold 4"},
      {entry(R"("U8")", "[1099511627776]", "[0,4]"), "takes 1099511627776 bytes"},
      {entry(R"("F32")", "[1]", "[0,-4]"), "'data_offsets' holds a negative number"},
      {entry(R"("F32")", "[1]", "[0]"), "'data_offsets' are not two"},
      {entry(R"("F32")", "[1]", "[0,4,4]"), "'data_offsets' are not two"},
      {entry(R"("F32")", "[1]", "[4,0]"), "its data end before they begin"},
      {entry(R"("F32")", "[1]", "[0,5]"), "end at byte 5, the file holds 4 bytes of data"},
      {entry(R"("F32")", "[1]", "[18446744073709551612,18446744073709551615]"), "the file holds 4"},
      {entry(R"("U8")", "[3]", "[1,4]"), "the 1 bytes before its data belong to no tensor"},
      {entry(R"("U8")", "[3]", "[0,3]"), "the tensors take 3 bytes of data, the file holds 4"},
      {"{}", "the tensors take 0 bytes of data, the file holds 4"},
      {entry(R"("F8_E4M3")", "[4]", "[0,4]"),
       "tensor 'x': elements of type 'F8_E4M3' are not read; F32, F64, BF16, F16, I8, I16, I32, "
       "I64, "
       "U8, U16, U32, U64, BOOL are"},
      {entry(R"("F4")", "[8]", "[0,4]"), "elements of type 'F4' are not read"},
  };
  for (const auto& [header, part] : header_and_part) {
    write_bytes(path, safetensors(header, "abcd"));
    expect_fault<FileError>([&] { read_safetensors(path, "x"); }, part);
  }
}

}  // namespace
