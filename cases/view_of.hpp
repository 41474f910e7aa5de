// SPDX-License-Identifier: MIT
// Views arrays that a vector owns, where an empty vector stands for an absent array.
#pragma once

#include <iterator>
#include <vector>

#include <xent/view.hpp>

namespace xent::cases {

/// Returns a view of the values; an absent one where there are none.
template <class V>
VectorView<const V> view_of(const std::vector<V>& values) {
  return {.data = values.empty() ? nullptr : values.data(), .size = std::ssize(values)};
}

}  // namespace xent::cases
