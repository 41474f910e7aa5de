// SPDX-License-Identifier: MIT
// Copies elements between a tensor of any strides and memory without gaps.

#include "library/tensors/copies.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace xent::library {
namespace {

/// The axes of a tensor in the order of a copy.
struct Order {
  std::array<int, most_axes> axes = {};
  int count = 0;

  Order(const Tensor& tensor, int class_axis) {
    for (int k = 0; k < tensor.axes; ++k)
      if (k != class_axis) axes[static_cast<std::size_t>(count++)] = k;
    if (class_axis >= 0) axes[static_cast<std::size_t>(count++)] = class_axis;
  }
};

/// Calls each(place) with the place of each element of a tensor that is not empty, in that order.
template <class Each>
void for_each_place(const Tensor& tensor, const Order& order, Each each) {
  std::array<std::int64_t, most_axes> index = {};
  std::byte* place = tensor.data;
  for (int k = order.count; k >= 0;) {
    each(place);
    for (k = order.count - 1; k >= 0; --k) {  // to the next index, as an odometer goes
      const auto axis = static_cast<std::size_t>(order.axes[static_cast<std::size_t>(k)]);
      const std::ptrdiff_t step = tensor.strides[axis] * tensor.element_size;
      if (++index[axis] < tensor.shape[axis]) {
        place += step;
        break;
      }
      place -= step * (tensor.shape[axis] - 1);
      index[axis] = 0;
    }
  }
}

}  // namespace

std::byte* Copies::room_for(const Tensor& tensor) {
  const auto bytes =
      static_cast<std::size_t>(tensor.size) * static_cast<std::size_t>(tensor.element_size);
  return rooms_.emplace_back(std::make_unique<std::byte[]>(bytes)).get();
}

const std::byte* Copies::of_input(const Tensor& tensor, int class_axis) {
  std::byte* const room = room_for(tensor);
  std::byte* to = room;
  const auto size = static_cast<std::size_t>(tensor.element_size);
  for_each_place(tensor, Order(tensor, class_axis), [&](const std::byte* place) {
    std::memcpy(to, place, size);
    to += size;
  });
  return room;
}

std::byte* Copies::for_output(const Tensor& tensor, int class_axis) {
  std::byte* const room = room_for(tensor);
  outputs_.push_back({&tensor, class_axis, room});
  return room;
}

void Copies::put_back_all() const {
  for (const auto& [tensor, class_axis, from] : outputs_) {
    const auto size = static_cast<std::size_t>(tensor->element_size);
    for_each_place(*tensor, Order(*tensor, class_axis), [&, next = from](std::byte* place) mutable {
      std::memcpy(place, next, size);
      next += size;
    });
  }
}

}  // namespace xent::library
