// SPDX-License-Identifier: MIT
// A Tensor is a DLTensor of the caller that is right by itself: it lies in memory of the CPU, and
// its sizes and strides lead to places that memory can have.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <dlpack/dlpack.h>

namespace xent::library {

/// The most axes that a tensor may have: those of NumPy and PyTorch.
inline constexpr int most_axes = 64;

/// Whether the elements of tensors are read, or nothing but their types and shapes.
enum class Reads { elements, shapes };

struct Tensor {
  const char* field = nullptr;  // its name in messages; null: there is none
  std::byte* data = nullptr;    // the element whose indices are all 0
  DLDataType type = {};
  std::ptrdiff_t element_size = 0;
  int axes = 0;
  const std::int64_t* shape = nullptr;
  std::int64_t size = 0;  // how many elements there are
  /// All bytes of the elements lie in [low, high); both are 0 where there are no elements.
  std::uintptr_t low = 0, high = 0;
  /// In elements, one of each axis. Those behind the axes are not set: a call has nine tensors.
  std::array<std::int64_t, most_axes> strides;

  Tensor() {}  // NOLINT(cppcoreguidelines-pro-type-member-init,modernize-use-equals-default)
  bool is_given() const { return field != nullptr; }
  bool is_empty() const { return size == 0; }
};

/// Makes `tensor` of what the caller gave. Throws Fault, which names the field. Of the type it is
/// seen that its elements are whole bytes.
void take(const char* field, const DLTensor& given, Reads reads, Tensor& tensor);

/// Throws Fault where the tensor has not one axis with that many elements.
void require_line(const Tensor& tensor, std::int64_t size);

/// Returns "[4, 10]".
std::string shape_text(const std::int64_t* shape, int axes);

}  // namespace xent::library
