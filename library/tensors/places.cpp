// SPDX-License-Identifier: MIT
// Most tensors are seen to be apart by where they begin and end, and their elements by strides that
// nest. Of all others the equation of include/xent/memory/overlap.hpp is solved.

#include "library/tensors/places.hpp"

#include <cstdlib>

#include <xent/memory/overlap.hpp>

#include "library/arguments/fault.hpp"

namespace xent::library {
namespace {

using Footprint = detail::FootprintIn<most_axes>;

Footprint footprint_of(const Tensor& tensor) {
  Footprint footprint;
  footprint.first = tensor.low;
  footprint.size = tensor.element_size;
  std::size_t count = 0;
  for (int k = 0; k < tensor.axes; ++k)
    if (tensor.shape[k] > 1)
      footprint.axes[count++] = {
          std::abs(tensor.strides[static_cast<std::size_t>(k)] * tensor.element_size),
          tensor.shape[k] - 1};
  return footprint;
}

/// Tells whether each stride leads past all that the axes behind it reach, so that no two elements
/// are in one place.
bool is_nested(const Tensor& tensor) {
  std::int64_t reach = 0;
  for (int k = tensor.axes; k-- > 0;) {
    if (tensor.shape[k] == 1) continue;
    const std::int64_t stride = std::abs(tensor.strides[static_cast<std::size_t>(k)]);
    if (stride <= reach) return false;
    reach += stride * (tensor.shape[k] - 1);
  }
  return true;
}

}  // namespace

bool are_in_one_place(const Tensor& a, const Tensor& b) {
  if (a.data != b.data) return false;
  for (int k = 0; k < a.axes; ++k) {
    const auto at = static_cast<std::size_t>(k);
    if (a.shape[k] > 1 && a.strides[at] != b.strides[at]) return false;
  }
  return true;
}

void require_distinct(const Tensor& output) {
  if (output.is_empty() || is_nested(output)) return;
  if (detail::overlaps_itself(footprint_of(output)))
    refuse(output.field, "two elements of this output are in one place");
}

void require_apart(const Tensor& output, const Tensor& other) {
  if (output.low >= other.high || other.low >= output.high) return;
  if (detail::overlap(footprint_of(output), footprint_of(other)))
    refuse(output.field, "this output shares memory with " + std::string(other.field));
}

}  // namespace xent::library
