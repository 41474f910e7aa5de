// SPDX-License-Identifier: MIT
// How much memory a reader takes, whatever a file claims. A test that links
// largest_allocation.cpp has its `operator new` counted.
#pragma once

#include <cstddef>
#include <functional>

namespace xent::tests {

/// The bytes of the largest `operator new` while `act` runs.
std::size_t largest_allocation(const std::function<void()>& act);

/// The most bytes that were allocated by it and not yet freed at any time while `act` ran.
std::size_t most_alive(const std::function<void()>& act);

}  // namespace xent::tests
