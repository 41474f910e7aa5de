// SPDX-License-Identifier: MIT
// Tensors by their place: the format by the name of the file, the types that each format has.
#include "tensors/tensor_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tensors/npy/npy.hpp"
#include "tensors/safetensors/safetensors.hpp"
#include "tests/support/expect_fault.hpp"
#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using namespace std::string_literals;
using xent::bf16;
using xent::DType;
using xent::f16;
using xent::FileError;

template <class T>
void write(const std::string& place, std::vector<T> data) {
  const std::ptrdiff_t shape[] = {std::ssize(data)};
  xent::OutputFile file(path_of(place));
  write_tensor<T>(file, place, "loss", shape, data);
  file.commit();
}

template <class T>
void what_is_written_is_read(const std::string& place, std::vector<T> data) {
  write(place, data);
  const Tensor tensor = as_dtype(read_tensor(place), xent::dtype_of<T>, place);
  EXPECT_TRUE(tensor.dtype() == xent::dtype_of<T> && std::ranges::equal(tensor.as<T>(), data))
      << place + " is read as it is written";
}

void places(const std::string& folder) {
  EXPECT_TRUE(path_of("a/b.npy") == "a/b.npy" && path_of("a.safetensors") == "a.safetensors" &&
              path_of("a.safetensors:b:c") == "a.safetensors" && path_of("a:b.npy") == "a:b.npy" &&
              path_of("a.NPZ:b.npy") == "a.NPZ" && path_of("a.npz:b.safetensors:c") == "a.npz" &&
              path_of("a.npz.npy") == "a.npz.npy")
      << "the path ends before the name of the tensor";
  for (const std::string& place : {folder + "/x.npy", folder + "/x.safetensors",
                                   folder + "/x.safetensors:a:b", folder + "/X.SafeTensors:b"}) {
    what_is_written_is_read<float>(place, {1, 2});
    what_is_written_is_read<double>(place, {1, 2, 3});
    what_is_written_is_read<f16>(place, {f16{1}, f16::of_bits(1)});
    what_is_written_is_read<bf16>(place, {bf16{1}, bf16::of_bits(1)});
  }
  write<float>(folder + "/y.safetensors", {1});
  EXPECT_EQ(read_tensor(folder + "/y.safetensors:loss").size(), 1) << "the name is the given one";
  write_bytes(folder + "/csr.safetensors",
              safetensors(R"({"q.indptr":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
                              "q.data":{"dtype":"BF16","shape":[0],"data_offsets":[8,8]}})",
                          "\5\0\0\0\0\0\0\0"s));
  const std::string prefix = folder + "/csr.safetensors:q";
  EXPECT_EQ(read_tensor(prefix + ".indptr").as<std::int64_t>()[0], 5) << "a name may have a suffix";
  expect_fault<FileError>([&] { read_tensor(prefix + ".indices"); }, "q.indptr");
}

void faults(const std::string& folder) {
  const std::string npy = folder + "/axes.npy";
  const float one = 1;
  const std::vector<std::ptrdiff_t> shape(33, 1);
  expect_fault<FileError>(
      [&] {
        xent::OutputFile file(npy);
        write_tensor<float>(file, npy, "x", shape, std::span(&one, 1));
      },
      npy + ": a .npy file has at most 32 axes, this array 33; write to FILE.safetensors instead");
  expect_fault<FileError>([&] { read_tensor(npy); }, "no such file");
  for (const std::string_view name : {"__metadata__", "\xff"})
    expect_fault<FileError>([&] { write<float>(folder + "/x.safetensors:"s.append(name), {1}); },
                            "/x.safetensors: no tensor can have that name");
  for (const auto& use : {std::function([&] { write<float>(folder + "/x.safetensors:", {1}); }),
                          std::function([&] { read_tensor(folder + "/x.safetensors:"); })})
    expect_fault<FileError>(use, "/x.safetensors: the name of the tensor after ':' is empty");
  write_bytes(folder + "/text.safetensors", "text");
  expect_fault<FileError>([&] { read_tensor(folder + "/text.safetensors:x"); }, "header");
  expect_fault<FileError>([&] { read_tensor(folder + "/none.npy"); }, "no such file");
}

void patterns(const std::string& path) {
  for (const std::string_view descr : {"<u2", "<i2", "|V2", "<V2", ">V2"}) {
    write_bytes(path, npy("{'descr': '" + std::string(descr) +
                              "', 'fortran_order': False, 'shape': (2, 1)}",
                          "\x80\x3f\x00\xc0"s));
    const Tensor raw = read_tensor(path);
    EXPECT_TRUE(raw.has_patterns() && !raw.dtype() && raw.size() == 2)
        << std::string(descr) + " are patterns";
    const Tensor numbers = as_dtype(raw, DType::bf16, path);
    EXPECT_TRUE(numbers.shape == raw.shape && numbers.as<bf16>()[0] == bf16{1} &&
                numbers.as<bf16>()[1] == bf16{-2})
        << "patterns are taken for bf16";
    EXPECT_EQ(as_dtype(raw, DType::f16, path).as<f16>()[0].bits, 0x3f80) << "or for f16";
    expect_fault<FileError>([&] { as_dtype(raw, DType::f32, path); },
                            ", which cannot be taken for f32");
  }
  write<f16>(path, {f16{1}});
  EXPECT_EQ(as_dtype(read_tensor(path), DType::f16, path).as<f16>()[0], f16{1}) << "f16 is f16";
  expect_fault<FileError>([&] { as_dtype(read_tensor(path), DType::bf16, path); },
                          "holds f16, which cannot be taken for bf16");
}

TEST(TensorFile, PlacesOfEachFormat) {
  EXPECT_EQ(places_text(),
            ".npy, FILE.npz:NAME, FILE.safetensors:NAME or FILE.safetensors.index.json:NAME");
}

TEST(TensorFile, Places) {
  const Folder folder;
  places(folder.path);
}

TEST(TensorFile, Faults) {
  const Folder folder;
  faults(folder.path);
}

TEST(TensorFile, Patterns) {
  const Folder folder;
  patterns(folder.path + "/raw.npy");
}

}  // namespace
