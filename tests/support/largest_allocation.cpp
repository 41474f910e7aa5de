// SPDX-License-Identifier: MIT
// `operator new`, replaced by one that keeps the largest number of bytes asked for.
#include "tests/support/largest_allocation.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

std::size_t largest = 0;

}  // namespace

void* operator new(std::size_t bytes) {
  largest = std::max(largest, bytes);
  if (void* memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

std::size_t xent::tests::largest_allocation(const std::function<void()>& act) {
  largest = 0;
  act();
  return largest;
}
