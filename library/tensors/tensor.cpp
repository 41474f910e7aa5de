// SPDX-License-Identifier: MIT
// Looks at one DLTensor of the caller.

#include "library/tensors/tensor.hpp"

#include <limits>

#include <xent/memory/footprint.hpp>

#include "library/arguments/fault.hpp"
#include "library/tensors/element_types.hpp"

namespace xent::library {
namespace {

void check_device(const char* field, const DLTensor& given) {
  if (given.device.device_type != kDLCPU)
    refuse(field, "is on a device of type " +
                      std::to_string(static_cast<int>(given.device.device_type)) +
                      ", not in memory of the CPU (kDLCPU)");
}

void check_type(const char* field, DLDataType type) {
  if (type.lanes != 1)
    refuse(field, "has elements of " + std::to_string(type.lanes) + " lanes, not of 1");
  if (type.bits == 0 || type.bits % 8 != 0)
    refuse(field, "has elements of " + std::to_string(type.bits) + " bits");
}

void check_axes(const char* field, const DLTensor& given) {
  if (given.ndim < 0 || given.ndim > most_axes)
    refuse(field, "has " + std::to_string(given.ndim) + " axes; from 0 to " +
                      std::to_string(most_axes) + " may be");
  if (given.ndim > 0 && given.shape == nullptr) refuse(field, "has axes and no shape");
}

/// Returns how many elements there are.
std::int64_t size_of(const char* field, const DLTensor& given) {
  std::int64_t size = 1;
  bool is_empty = false, is_large = false;
  for (int k = 0; k < given.ndim; ++k) {
    const std::int64_t count = given.shape[k];
    if (count < 0)
      refuse(field,
             "the size of axis " + std::to_string(k) + " is negative, " + std::to_string(count));
    if (count == 0)
      is_empty = true;
    else
      is_large |= __builtin_mul_overflow(size, count, &size);
  }
  if (is_empty) return 0;
  if (is_large) refuse(field, "has more elements than can be counted");
  return size;
}

/// Sets the strides, which the caller leaves out where elements lie one behind the other in C order.
void set_strides(const DLTensor& given, Tensor& tensor) {
  std::int64_t next = 1;
  for (int k = tensor.axes; k-- > 0;) {
    tensor.strides[static_cast<std::size_t>(k)] =
        given.strides == nullptr ? next : given.strides[k];
    if (given.strides == nullptr) next *= tensor.shape[k];
  }
}

[[noreturn]] void past_memory(const char* field) {
  refuse(field, "the strides lead past the end of memory");
}

/// Sets between which addresses the elements lie.
void set_range(const DLTensor& given, Tensor& tensor) {
  constexpr std::ptrdiff_t most = detail::largest_extent;
  std::ptrdiff_t below = 0, above = tensor.element_size;
  for (int k = 0; k < tensor.axes; ++k) {
    std::ptrdiff_t reach = 0;
    if (__builtin_mul_overflow(tensor.strides[static_cast<std::size_t>(k)], tensor.shape[k] - 1,
                               &reach) ||
        __builtin_mul_overflow(reach, tensor.element_size, &reach) || reach > most || reach < -most)
      past_memory(tensor.field);
    (reach < 0 ? below : above) += reach;
    if (below < -most || above > most) past_memory(tensor.field);
  }
  const std::uintptr_t address = detail::address_of(tensor.data);
  const auto down = static_cast<std::uintptr_t>(-below), up = static_cast<std::uintptr_t>(above);
  if (address < detail::address_of(given.data) || down > address ||
      up > std::numeric_limits<std::uintptr_t>::max() - address)
    past_memory(tensor.field);
  tensor.low = address - down;
  tensor.high = address + up;
}

}  // namespace

std::string shape_text(const std::int64_t* shape, int axes) {
  std::string text = "[";
  for (int k = 0; k < axes; ++k) text += (k == 0 ? "" : ", ") + std::to_string(shape[k]);
  return text + "]";
}

void require_line(const Tensor& tensor, std::int64_t size) {
  if (tensor.axes != 1 || tensor.shape[0] != size)
    refuse(tensor.field, "has the shape " + shape_text(tensor.shape, tensor.axes) + ", not [" +
                             std::to_string(size) + "]");
}

void take(const char* field, const DLTensor& given, Reads reads, Tensor& tensor) {
  check_device(field, given);
  check_type(field, given.dtype);
  check_axes(field, given);
  tensor.field = field;
  tensor.type = given.dtype;
  tensor.element_size = given.dtype.bits / 8;
  tensor.axes = given.ndim;
  tensor.shape = given.shape;
  tensor.size = size_of(field, given);
  if (!tensor.is_empty()) set_strides(given, tensor);
  if (tensor.is_empty() || reads == Reads::shapes) return;
  if (given.data == nullptr) refuse(field, "there are elements and no data");
  tensor.data = static_cast<std::byte*>(given.data) + given.byte_offset;
  set_range(given, tensor);
}

}  // namespace xent::library
