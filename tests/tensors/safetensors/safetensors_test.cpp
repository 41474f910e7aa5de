// SPDX-License-Identifier: MIT
// The .safetensors format: what is written is read, bit by bit, and so is one tensor of many.
#include "tensors/safetensors/safetensors.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/npy_bytes.hpp"
#include "tests/tensors/safetensors/safetensors_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;
using xent::bf16;
using xent::f16;

using Shape = std::vector<std::ptrdiff_t>;

template <class T, class Bits>
void what_is_written_is_read() {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const auto rank = *rc::gen::inRange<std::size_t>(0, 6);
  const auto shape = *rc::gen::container<Shape>(rank, rc::gen::inRange<std::ptrdiff_t>(0, 5));
  const auto bits =
      *rc::gen::container<std::vector<Bits>>(product(1, shape).value(), rc::gen::arbitrary<Bits>());
  const auto name = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  std::vector<T> data(bits.size());
  std::ranges::transform(bits, data.begin(), std::bit_cast<T, Bits>);
  xent::OutputFile file(path);
  write_safetensors<T>(file, name, shape, data);
  file.commit();
  for (const Tensor& tensor : {read_safetensors(path, {}), read_safetensors(path, name)}) {
    RC_ASSERT(tensor.shape == shape && tensor.dtype() == xent::dtype_of<T>);
    RC_ASSERT(
        std::ranges::equal(tensor.as<T>(), bits, {}, [](T x) { return std::bit_cast<Bits>(x); }));
  }
}

/// The bytes that the format asks for, to the last one.
TEST(Safetensors, WrittenBytes) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const bf16 data[] = {bf16{1}, bf16{-2}};
  xent::OutputFile file(path);
  write_safetensors<bf16>(file, "\"a\"", Shape{2, 1}, data);
  file.commit();
  std::string header = R"({"\"a\"":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,4]}})";
  header.resize(64, ' ');
  EXPECT_EQ(read_bytes(path), safetensors(header, std::string_view("\x80\x3f\x00\xc0", 4)))
      << "the header is padded with blanks to a multiple of 8";
}

TEST(Safetensors, GoodFiles) {
  const Folder folder;
  const std::string path = folder.path + "/x.safetensors";
  const std::string data("abcd\1\0\0\0\xff\xff\xff\xff\2\0\0\0\0\0\0\0", 20);
  write_bytes(path, safetensors(R"({"later":{"shape":[2],"data_offsets":[4,12],"dtype":"I32"},
      "__metadata__":{"format":"pt","format":"np"}, "empty":{"dtype":"F64","shape":[0,3],
      "data_offsets":[12,12]}, "odd":{"dtype":"F4","shape":[2],"data_offsets":[0,1]},
      "bytes":{"dtype":"U8","shape":[3],"data_offsets":[1,4]},
      "":{"dtype":"I64","shape":[],"data_offsets":[12,20]}}  )",
                                data));
  EXPECT_TRUE(std::ranges::equal(read_safetensors(path, "later").as<std::int32_t>(),
                                 std::vector<std::int32_t>{1, -1}))
      << "I32 is read";
  EXPECT_EQ(read_safetensors(path, "empty").shape, (Shape{0, 3})) << "no rows are read";
  const Tensor number = read_safetensors(path, "");
  EXPECT_TRUE(number.shape.empty() && number.as<std::int64_t>()[0] == 2)
      << "I64 of shape () is read";
}

RC_GTEST_PROP(Safetensors, F32IsReadAsItIsWritten, ()) {
  what_is_written_is_read<float, std::uint32_t>();
}
RC_GTEST_PROP(Safetensors, F64IsReadAsItIsWritten, ()) {
  what_is_written_is_read<double, std::uint64_t>();
}
RC_GTEST_PROP(Safetensors, F16IsReadAsItIsWritten, ()) {
  what_is_written_is_read<xent::f16, std::uint16_t>();
}
RC_GTEST_PROP(Safetensors, Bf16IsReadAsItIsWritten, ()) {
  what_is_written_is_read<xent::bf16, std::uint16_t>();
}

}  // namespace
