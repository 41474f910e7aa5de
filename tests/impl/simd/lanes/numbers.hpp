// SPDX-License-Identifier: MIT
// Arrays of numbers for the tests of loads: they end at a page that may not be touched.
#pragma once

#include <cstddef>
#include <vector>

#include "tests/support/guarded_array.hpp"

namespace xent::tests {

/// Returns an integer that each element type holds, another one for each j below 251.
template <class A>
A number(std::ptrdiff_t j) {
  return static_cast<A>(static_cast<float>(j * 37 % 251 - 125));
}

/// The numbers of 0 <= j < n as elements A in memory, and as lanes.
template <class Lane, class A>
struct Numbers {
  explicit Numbers(std::ptrdiff_t n) : array(n, End::back) {
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      p[j] = number<A>(j);
      expected.push_back(static_cast<Lane>(p[j]));
    }
  }
  GuardedArray<A> array;
  A* p = array.data();
  std::vector<Lane> expected;
};

}  // namespace xent::tests
