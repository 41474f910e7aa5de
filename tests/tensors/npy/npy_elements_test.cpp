// SPDX-License-Identifier: MIT
// Elements of every type and both byte orders are read from .npy and .safetensors as the values
// that they are, and integers of every width become int32 or int64 where their values fit.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tensors/npy/npy.hpp"
#include "tensors/safetensors/safetensors.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using xent::FileError;

/// The bytes of the values, each in that order.
template <class T>
std::string bytes_of(const std::vector<T>& values, bool big_endian) {
  std::string bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  for (auto at = bytes.begin(); big_endian && at != bytes.end(); at += sizeof(T))
    std::reverse(at, at + sizeof(T));
  return bytes;
}

template <class T>
bool holds(const Tensor& tensor, const std::vector<T>& values) {
  const auto* elements = std::get_if<std::span<const T>>(&tensor.data);
  return elements != nullptr &&
         bytes_of(values, false) ==
             bytes_of(std::vector<T>(elements->begin(), elements->end()), false);
}

/// The tensor of a .npy file of that type, read.
template <class T>
Tensor npy_of(const Folder& folder, const std::string& descr, const std::vector<T>& values) {
  const std::string path = folder.path + "/x.npy";
  write_bytes(path, npy(fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({},)}}",
                                    descr, values.size()),
                        bytes_of(values, descr.starts_with('>'))));
  return read_npy(path);
}

template <class T>
Tensor safetensors_of(const Folder& folder, const std::string& dtype,
                      const std::vector<T>& values) {
  const std::string path = folder.path + "/x.safetensors";
  const std::string data = bytes_of(values, false);
  write_bytes(
      path,
      safetensors(fmt::format(R"({{"x":{{"dtype":"{}","shape":[{}],"data_offsets":[0,{}]}}}})",
                              dtype, values.size(), data.size()),
                  data));
  return read_safetensors(path, "x");
}

/// Whether the values become those of int32 or int64.
template <class T>
bool widens(const Tensor& tensor, const std::vector<T>& values) {
  const Tensor wide = as_int32_or_int64(tensor, "x");
  if (sizeof(T) < 4 || std::is_same_v<T, std::int32_t>)
    return holds(wide, std::vector<std::int32_t>(values.begin(), values.end()));
  return holds(wide, std::vector<std::int64_t>(values.begin(), values.end()));
}

template <class T>
void integers(const Folder& folder, const std::string& code, const std::string& dtype) {
  std::vector<T> values = {
      0, 1, 2, 100, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
  if (std::is_same_v<T, std::uint64_t>) values.back() /= 2;
  for (const char order : {'<', '>'}) {
    const Tensor read = npy_of(folder, order + code, values);
    EXPECT_TRUE(holds(read, values) && read.has_integers())
        << fmt::format("{}{} is read", order, code);
    EXPECT_TRUE(widens(read, values)) << fmt::format("{}{} keeps its values", order, code);
  }
  const Tensor read = safetensors_of(folder, dtype, values);
  EXPECT_TRUE(holds(read, values) && widens(read, values)) << dtype + " is read";
}

template <class T>
void numbers(const Folder& folder, const std::string& code) {
  const std::vector<T> values = {static_cast<T>(1.5F), static_cast<T>(-2.F),
                                 static_cast<T>(std::numeric_limits<float>::infinity())};
  for (const std::string order : {"<", ">", "=", ""})
    EXPECT_TRUE(holds(npy_of(folder, order + code, values), values)) << order + code + " is read";
}

TEST(NpyElements, Truth) {
  const Folder folder;
  const std::vector<Boolean> values = {Boolean{1}, Boolean{0}, Boolean{1}};
  const std::vector<std::int32_t> wide = {1, 0, 1};
  const auto check = [&](const Tensor& read) {
    EXPECT_TRUE(read.has_integers() && holds(as_int32_or_int64(read, "x"), wide))
        << "bool is 0 or 1";
  };
  check(npy_of(folder, "|b1", values));
  check(npy_of(folder, "bool", values));
  check(safetensors_of(folder, "BOOL", values));
  const Tensor wrong = npy_of<Boolean>(folder, "|b1", {Boolean{1}, Boolean{2}});
  expect_fault<FileError>([&] { as_int32_or_int64(wrong, "y.npy"); },
                          "y.npy: element 1 is 2, no bool: neither 0 nor 1");
}

TEST(NpyElements, TooLarge) {
  const Folder folder;
  const Tensor large = npy_of<std::uint64_t>(folder, ">u8", {7, std::uint64_t{1} << 63});
  expect_fault<FileError>([&] { as_int32_or_int64(large, "y.npy"); },
                          "y.npy: element 1 is 9223372036854775808, larger than the largest int64");
  const Tensor patterns = npy_of<std::uint16_t>(folder, "|V2", {1});
  expect_fault<FileError>([&] { as_int32_or_int64(patterns, "y.npy"); }, "not integers");
}

TEST(NpyElements, Integers) {
  const Folder folder;
  integers<std::int8_t>(folder, "i1", "I8");
  integers<std::int16_t>(folder, "i2", "I16");
  integers<std::int32_t>(folder, "i4", "I32");
  integers<std::int64_t>(folder, "i8", "I64");
  integers<std::uint8_t>(folder, "u1", "U8");
  integers<std::uint16_t>(folder, "u2", "U16");
  integers<std::uint32_t>(folder, "u4", "U32");
  integers<std::uint64_t>(folder, "u8", "U64");
}

TEST(NpyElements, Numbers) {
  const Folder folder;
  numbers<float>(folder, "f4");
  numbers<double>(folder, "f8");
  numbers<xent::f16>(folder, "f2");
}

}  // namespace
