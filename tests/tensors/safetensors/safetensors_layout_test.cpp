// SPDX-License-Identifier: MIT
// .safetensors files whose tensors do not go together, or are not those asked for, and files that
// are none: each fault is named.
#include <cstdint>
#include <initializer_list>
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
using xent::tensors::is_safetensors_name;
using xent::tensors::read_safetensors;
using namespace xent::tests;

/// A header of U8 tensors of these names and offsets, one after the other.
std::string bytes_at(std::initializer_list<std::pair<std::string_view, std::pair<int, int>>> all) {
  std::string header;
  for (const auto& [name, at] : all)
    header +=
        fmt::format(R"({}"{}":{{"dtype":"U8","shape":[{}],"data_offsets":[{},{}]}})",
                    header.empty() ? "{" : ",", name, at.second - at.first, at.first, at.second);
  return header + "}";
}

TEST(SafetensorsLayout, SeveralTensors) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const auto faulty = [&](const std::string& header, std::string_view part) {
    write_bytes(path, safetensors(header, "abcd"));
    expect_fault<FileError>([&] { read_safetensors(path, "z"); }, part);
    expect_fault<FileError>([&] { read_safetensors(path, {}); }, path + ": ");
  };
  faulty(bytes_at({{"a", {0, 2}}, {"a", {2, 4}}}), "tensor 'a' is there twice");
  faulty(bytes_at({{"a", {0, 2}}, {"b", {2, 4}}, {"a", {4, 4}}}), "tensor 'a' is there twice");
  faulty(bytes_at({{"b", {1, 4}}, {"a", {0, 2}}}), "tensor 'b': its data overlap those of another");
  faulty(bytes_at({{"a", {0, 4}}, {"b", {0, 4}}}), "its data overlap those of another");
  faulty(bytes_at({{"a", {0, 4}}, {"b", {2, 2}}}), "tensor 'b': its data overlap those of another");
  faulty(bytes_at({{"a", {0, 1}}, {"b", {3, 4}}}), "tensor 'b': the 2 bytes before its data");
  faulty(bytes_at({{"a", {0, 2}}, {"b", {2, 4}}}), "no tensor 'z'; there are 'a', 'b'");
  const std::string seven = bytes_at({{"a", {0, 1}},
                                      {"b", {1, 2}},
                                      {"c", {2, 3}},
                                      {"d", {3, 4}},
                                      {"e", {4, 4}},
                                      {"f", {4, 4}},
                                      {"g", {4, 4}}});
  faulty(seven, "no tensor 'z'; there are 'a', 'b', 'c', 'd', 'e' and 2 more");
  expect_fault<FileError>([&] { read_safetensors(path, {}); },
                          "as in FILE.safetensors:NAME; there");
  write_bytes(path, safetensors("{}", ""));
  expect_fault<FileError>([&] { read_safetensors(path, {}); }, "there are none");
}

TEST(SafetensorsLayout, FaultyFiles) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::pair<std::string, std::string> bytes_and_part[] = {
      {"", "the file ends inside the length of the .safetensors header"},
      {"1234567", "the file ends inside the length of the .safetensors header"},
      {length_bytes(std::uint64_t{1} << 60) + "{}",
       "the .safetensors header of 1152921504606846976 bytes is longer than 100000000"},
      {length_bytes(~std::uint64_t{0}) + "{}", "is longer than 100000000"},
      {length_bytes(100'000'001) + "{}", "is longer than 100000000"},
      {length_bytes(100'000'000) + "{}",
       "the file ends inside the .safetensors header of 100000000 bytes"},
      {length_bytes(3) + "{}", "the file ends inside the .safetensors header of 3 bytes"},
      {safetensors(one_F32, "abc"), "end at byte 4, the file holds 3 bytes of data"},
      {safetensors(one_F32, "abcde"), "the tensors take 4 bytes of data, the file holds 5"},
      {npy(one_f4, "abcd"), "is longer than 100000000"},
  };
  for (const auto& [bytes, part] : bytes_and_part) {
    write_bytes(path, bytes);
    expect_fault<FileError>([&] { read_safetensors(path, "x"); }, path + ": ");
    expect_fault<FileError>([&] { read_safetensors(path, "x"); }, part);
  }
  const std::string missing = folder.path + "/missing.safetensors";
  expect_fault<FileError>([&] { read_safetensors(missing, "x"); }, missing + ": no such file");
  EXPECT_TRUE(is_safetensors_name("") && is_safetensors_name("\xc3\xa9\n")) << "any text is a name";
  EXPECT_TRUE(!is_safetensors_name("__metadata__") && !is_safetensors_name("\xe9"))
      << "these are none";
}

}  // namespace
