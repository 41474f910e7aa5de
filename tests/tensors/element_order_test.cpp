// SPDX-License-Identifier: MIT
// The order of elements: strides lead to each of them once, and C order is that of the indices.
#include "tensors/element_order.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tensors/npy/npy.hpp"
#include "tests/support/npy_bytes.hpp"

namespace {

using namespace xent::tensors;
using namespace xent::tests;

using Shape = std::vector<std::ptrdiff_t>;

Shape any_shape() {
  const auto rank = *rc::gen::inRange<std::size_t>(0, 6);
  return *rc::gen::container<Shape>(rank, rc::gen::inRange<std::ptrdiff_t>(0, 5));
}

/// The place in Fortran order of element k in C order: i_0 + n_0 (i_1 + n_1 (i_2 + ...)).
std::ptrdiff_t fortran_place(std::ptrdiff_t k, const Shape& shape) {
  std::ptrdiff_t place = 0;
  for (std::size_t axis = shape.size(); axis-- > 0; k /= shape[axis])
    place = k % shape[axis] + shape[axis] * place;
  return place;
}

/// The place by strides of element k in C order.
std::ptrdiff_t place_of(std::ptrdiff_t k, const Shape& shape, const Shape& strides) {
  std::ptrdiff_t place = 0;
  for (std::size_t axis = shape.size(); axis-- > 0; k /= shape[axis])
    place += k % shape[axis] * strides[axis];
  return place;
}

RC_GTEST_PROP(ElementOrder, StridesAreThoseOfTheOrder, ()) {
  const Shape shape = any_shape();
  const auto size = static_cast<std::ptrdiff_t>(product(1, shape).value());
  const Shape of_c = strides_of(shape, false);
  const Shape of_fortran = strides_of(shape, true);
  for (std::ptrdiff_t k = 0; k < size; ++k) {
    RC_ASSERT(place_of(k, shape, of_c) == k);
    RC_ASSERT(place_of(k, shape, of_fortran) == fortran_place(k, shape));
  }
}

/// A file in Fortran order that holds, for element k in C order, the number k.
RC_GTEST_PROP(ElementOrder, FilesInFortranOrderAreRead, ()) {
  const Folder folder;
  const std::string path = folder.path + "/x.npy";
  const Shape shape = any_shape();
  std::vector<std::int32_t> numbers(product(1, shape).value());
  for (std::ptrdiff_t k = 0; k < std::ssize(numbers); ++k)
    numbers[static_cast<std::size_t>(fortran_place(k, shape))] = static_cast<std::int32_t>(k);
  const std::string header =
      fmt::format("{{'descr': '<i4', 'fortran_order': True, 'shape': ({}{})}}",
                  fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
  const std::string_view data(reinterpret_cast<const char*>(numbers.data()),
                              numbers.size() * sizeof(std::int32_t));
  write_bytes(path, npy(header, data));
  const Tensor read = read_npy(path);
  RC_ASSERT(read.fortran_order == (shape.size() > 1));
  RC_ASSERT(std::ranges::equal(read.as<std::int32_t>(), numbers));
  const Tensor ordered = c_order(read);
  std::vector<std::int32_t> expected(numbers.size());
  std::iota(expected.begin(), expected.end(), 0);
  RC_ASSERT(!ordered.fortran_order && ordered.shape == shape);
  RC_ASSERT(std::ranges::equal(ordered.as<std::int32_t>(), expected));
}

TEST(ElementOrder, WhatIsInCOrderStays) {
  const Tensor tensor = tensor_of<float>({2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(c_order(tensor).as<float>().data(), tensor.as<float>().data())
      << "no element is copied";
}

}  // namespace
