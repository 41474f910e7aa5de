// SPDX-License-Identifier: MIT
// The .npy format: what is written is read, bit by bit, and so is all that the reader promises.
#include "tensors/npy/npy.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/npy_bytes.hpp"

namespace {

using xent::tensors::read_npy;
using xent::tensors::Tensor;
using xent::tensors::write_npy;
using xent::tests::Folder;
using xent::tests::npy;
using xent::tests::one_f4;
using xent::tests::write_bytes;

using Shape = std::vector<std::ptrdiff_t>;

template <class T, class Bits>
void what_is_written_is_read() {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const auto rank = *rc::gen::inRange<std::size_t>(0, 6);
  const auto shape = *rc::gen::container<Shape>(rank, rc::gen::inRange<std::ptrdiff_t>(0, 5));
  std::size_t size = 1;
  for (const std::ptrdiff_t n : shape) size *= static_cast<std::size_t>(n);
  const auto bits = *rc::gen::container<std::vector<Bits>>(size, rc::gen::arbitrary<Bits>());
  std::vector<T> data(size);
  std::ranges::transform(bits, data.begin(), std::bit_cast<T, Bits>);
  write_npy<T>(path, shape, data);
  const Tensor tensor = as_dtype(read_npy(path), xent::dtype_of<T>, path);
  RC_ASSERT(tensor.shape == shape);
  RC_ASSERT(tensor.as<T>().size() == size);
  for (std::size_t k = 0; k < size; ++k)
    RC_ASSERT(std::bit_cast<Bits>(tensor.as<T>()[k]) == bits[k]);
  RC_ASSERT((std::filesystem::file_size(path) - size * sizeof(T)) % 64 == 0U);
}

TEST(Npy, GoodFiles) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const std::string_view four("\0\0\x80\x3f", 4);
  const std::string_view with_comments =
      "\n\n{'descr': '<f4', # comments\n 'fortran_order':\f False, 'shape':\r(1,)} # are read\n "
      "#\n";
  const std::string_view headers[] = {
      one_f4,
      "{'shape':(1,),'fortran_order':False,'descr':'<f4'}",
      " {\"descr\" :\"<f4\" , 'shape' : ( 1 , ) ,\n\t'fortran_order': False } \n",
      "{'descr': '<f4', 'fortran_order': True, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1)}",
      with_comments,
      "{'descr': '=f4', 'fortran_order': False, 'shape': (1,)}",
      "{'descr': '|f4', 'fortran_order': False, 'shape': (1,)}",
      "{'descr': 'f4', 'fortran_order': False, 'shape': (1,)}",
      "{'descr': 'float32', 'fortran_order': False, 'shape': (1,)}",
  };
  for (const std::string_view header : headers)
    for (const int major : {1, 2, 3}) {
      write_bytes(path, npy(header, four, major));
      const Tensor tensor = read_npy(path);
      EXPECT_TRUE(tensor.element() == Tensor::Element::f32 && tensor.as<float>().size() == 1 &&
                  tensor.as<float>()[0] == 1)
          << std::string(header) + " is read";
    }
  for (const int major : {1, 2}) {  // as NumPy wrote them in Python 2
    write_bytes(path,
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 1L)}", four, major));
    EXPECT_EQ(read_npy(path).shape, (Shape{1, 1})) << "long sizes are read";
  }
  write_bytes(path, npy("{'descr': '<i4', 'fortran_order': False, 'shape': (1,)}",
                        std::string_view("\xfe\xff\xff\xff", 4)));
  EXPECT_EQ(read_npy(path).as<std::int32_t>()[0], -2) << "<i4 is read";
  write_bytes(path, npy("{'descr': '<i8', 'fortran_order': False, 'shape': (1,)}",
                        std::string_view("\xfe\xff\xff\xff\xff\xff\xff\xff", 8)));
  EXPECT_EQ(read_npy(path).as<std::int64_t>()[0], -2) << "<i8 is read";
  write_bytes(path, npy("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4)}", ""));
  EXPECT_EQ(read_npy(path).shape, (Shape{0, 4})) << "no rows are read";
}

/// The data behind headers of all lengths, most of them not at a multiple of 8 bytes.
TEST(Npy, DataAnywhere) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const double numbers[] = {1.5, -2};
  const std::string_view data(reinterpret_cast<const char*>(numbers), sizeof numbers);
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}";
  for (int more = 0; more < 8; ++more, header += ' ') {
    write_bytes(path, npy(header, data));
    const Tensor tensor = read_npy(path);
    const auto read = tensor.as<double>();
    EXPECT_TRUE(reinterpret_cast<std::uintptr_t>(read.data()) % alignof(double) == 0 &&
                std::ranges::equal(read, numbers))
        << "data are read wherever they begin";
  }
}

RC_GTEST_PROP(Npy, F32IsReadAsItIsWritten, ()) { what_is_written_is_read<float, std::uint32_t>(); }
RC_GTEST_PROP(Npy, F64IsReadAsItIsWritten, ()) { what_is_written_is_read<double, std::uint64_t>(); }
RC_GTEST_PROP(Npy, F16IsReadAsItIsWritten, ()) {
  what_is_written_is_read<xent::f16, std::uint16_t>();
}
RC_GTEST_PROP(Npy, Bf16IsReadAsItIsWritten, ()) {
  what_is_written_is_read<xent::bf16, std::uint16_t>();
}

}  // namespace
