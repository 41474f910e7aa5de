// SPDX-License-Identifier: MIT
// Arrays between pages that may not be touched, for tests of what reads and writes memory.
#pragma once

#include <cstddef>
#include <span>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace xent::tests {

/// The end of an array that a guarding page is next to.
enum class End { front, back };

/// n elements that begin or end at a page that may not be touched.
template <class T>
class GuardedArray {
 public:
  GuardedArray(std::ptrdiff_t n, End end)
      : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))),
        bytes_((static_cast<std::size_t>(n) * sizeof(T) + page_ - 1) / page_ * page_),
        base_(::mmap(nullptr, bytes_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)),
        size_(n) {
    auto* inside = static_cast<char*>(base_) + page_;
    // no elements, no page between the guards: qemu-user refuses an mprotect of 0 bytes
    EXPECT_TRUE(base_ != MAP_FAILED &&
                (bytes_ == 0 || ::mprotect(inside, bytes_, PROT_READ | PROT_WRITE) == 0))
        << "there is memory between guards";
    data_ = end == End::front ? reinterpret_cast<T*>(inside)
                              : reinterpret_cast<T*>(inside + bytes_) - n;
  }
  ~GuardedArray() { (void)::munmap(base_, bytes_ + 2 * page_); }
  GuardedArray(const GuardedArray&) = delete;
  GuardedArray& operator=(const GuardedArray&) = delete;

  T* data() const { return data_; }
  std::span<T> elements() const { return {data_, static_cast<std::size_t>(size_)}; }

 private:
  std::size_t page_, bytes_;
  void* base_;
  std::ptrdiff_t size_;
  T* data_ = nullptr;
};

}  // namespace xent::tests
