// SPDX-License-Identifier: MIT
// `operator new`, replaced by one that keeps the largest number of bytes asked for, and how many
// are alive.
#include "tests/support/largest_allocation.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

std::size_t largest = 0;
std::ptrdiff_t alive = 0, most = 0;

void count(void* memory) {
  alive += static_cast<std::ptrdiff_t>(::malloc_usable_size(memory));
  most = std::max(most, alive);
}

void release(void* memory) {
  alive -= static_cast<std::ptrdiff_t>(::malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t bytes) {
  largest = std::max(largest, bytes);
  if (void* memory = std::malloc(bytes)) {
    count(memory);
    return memory;
  }
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }

std::size_t xent::tests::largest_allocation(const std::function<void()>& act) {
  largest = 0;
  act();
  return largest;
}

std::size_t xent::tests::most_alive(const std::function<void()>& act) {
  const std::ptrdiff_t before = most = alive;
  act();
  return static_cast<std::size_t>(most - before);
}
