// SPDX-License-Identifier: MIT
// A Footprint is the set of bytes that the elements of a view take, for any strides.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>

#include <xent/any_problem.hpp>
#include <xent/environment.hpp>

namespace xent::detail {

/// The `size` bytes at each address first + sum_k step_k i_k, 0 <= i_k <= last_k, for up to `most`
/// axes k. Steps are in bytes and not negative; that of a broadcast axis is 0.
template <std::size_t most>
struct FootprintIn {
  struct Axis {
    std::ptrdiff_t step = 0;
    std::ptrdiff_t last = 0;
  };
  std::uintptr_t first = 0;
  std::ptrdiff_t size = 0;
  std::array<Axis, most> axes = {};

  /// Returns the distance of the last byte from the first.
  std::ptrdiff_t extent() const {
    std::ptrdiff_t extent = size - 1;
    for (const Axis& axis : axes) extent += axis.step * axis.last;
    return extent;
  }
};

/// That of a view, which has three axes at most.
using Footprint = FootprintIn<3>;

/// The most bytes that an array may extend on either side of its first element: few enough that
/// sums of a few extents do not overflow.
inline constexpr std::ptrdiff_t largest_extent = std::numeric_limits<std::ptrdiff_t>::max() / 16;

inline std::uintptr_t address_of(const void* data) {
  return reinterpret_cast<std::uintptr_t>(data);
}

/// Makes a footprint of its axes. Throws InvalidProblem where no memory can hold it.
class FootprintOf {
 public:
  /// Takes the name of the view, for messages, the address of its first element, and their size.
  FootprintOf(const char* name, std::uintptr_t address, std::size_t element_size)
      : name_(name),
        footprint_{.first = address, .size = static_cast<std::ptrdiff_t>(element_size)} {}

  /// Adds an axis of `count` >= 1 elements, each `stride` elements behind the one before.
  FootprintOf& axis(std::ptrdiff_t count, std::ptrdiff_t stride) {
    std::ptrdiff_t reach = 0;  // the distance of the last from the first
    if (__builtin_mul_overflow(stride, count - 1, &reach) ||
        __builtin_mul_overflow(reach, footprint_.size, &reach) || reach > largest_extent ||
        reach < -largest_extent)
      too_large();
    if (count > 1) {
      footprint_.axes[axes_++] = {std::abs(stride * footprint_.size), count - 1};
      below_ += std::max<std::ptrdiff_t>(-reach, 0);
      above_ += std::max<std::ptrdiff_t>(reach, 0);
    }
    return *this;
  }

  /// Returns the footprint of all axes that were added.
  Footprint footprint() const {
    const auto below = static_cast<std::uintptr_t>(below_);
    const auto above = static_cast<std::uintptr_t>(above_ + footprint_.size - 1);
    if (below_ > largest_extent || above_ > largest_extent || below > footprint_.first ||
        above > std::numeric_limits<std::uintptr_t>::max() - footprint_.first)
      too_large();
    Footprint placed = footprint_;
    placed.first -= below;
    return placed;
  }

 private:
  [[noreturn]] void too_large() const {
    throw InvalidProblem(std::string(name_) + ": the strides lead past the end of memory");
  }

  const char* name_;
  Footprint footprint_;
  std::size_t axes_ = 0;
  std::ptrdiff_t below_ = 0, above_ = 0;  // bytes before the first element, and behind it
};

/// The footprints of a matrix: none where it is empty, else one, and a second one where the last
/// rows do not fill the inner axis.
struct Footprints {
  std::array<Footprint, 2> parts = {};
  std::size_t count = 0;

  const Footprint* begin() const { return parts.data(); }
  const Footprint* end() const { return parts.data() + count; }
};

/// Returns the footprints of a matrix whose data is there. Throws InvalidProblem where the strides
/// lead past the end of memory.
inline Footprints footprints_of(const char* name, const AnyMatrix& m) {
  Footprints all;
  const auto& places = m.layout;
  if (places.rows == 0 || places.cols == 0) return all;
  const std::ptrdiff_t full = places.rows / places.inner;
  const std::ptrdiff_t rest = places.rows % places.inner;
  const auto add = [&](std::ptrdiff_t begin, std::ptrdiff_t outer, std::ptrdiff_t inner) {
    const std::size_t size = size_of(m.dtype);
    // The way to the first element is checked as if the rows before were of this part.
    const std::uintptr_t address = address_of(m.data);
    (void)FootprintOf(name, address, size).axis(begin + outer, places.row_stride).footprint();
    const auto way = static_cast<std::uintptr_t>(begin * places.row_stride) * size;
    all.parts[all.count++] = FootprintOf(name, address + way, size)
                                 .axis(outer, places.row_stride)
                                 .axis(inner, places.inner_stride)
                                 .axis(places.cols, places.col_stride)
                                 .footprint();
  };
  if (full > 0) add(0, full, places.inner);
  if (rest > 0) add(full, 1, rest);
  return all;
}

}  // namespace xent::detail
