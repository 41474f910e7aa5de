// SPDX-License-Identifier: MIT
// LiveHeap: what a reader may hold on the heap at a time, whatever its input claims.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include <sanitizer/allocator_interface.h>

namespace xent::fuzz {

/// Ends the program where more than the input's size and 64 MiB are allocated and not freed while
/// one of them lives.
class LiveHeap {
 public:
  explicit LiveHeap(std::size_t input_size) {
    [[maybe_unused]] static const int hooks =
        __sanitizer_install_malloc_and_free_hooks(&allocated, &freed);
    live = 0;
    limit = static_cast<std::ptrdiff_t>(input_size) + (std::ptrdiff_t{64} << 20);
  }
  LiveHeap(const LiveHeap&) = delete;
  LiveHeap& operator=(const LiveHeap&) = delete;
  ~LiveHeap() { limit = 0; }

 private:
  static void allocated(const volatile void* /*data*/, std::size_t size) {
    live += static_cast<std::ptrdiff_t>(size);
    if (limit == 0 || live <= limit) return;
    limit = 0;
    (void)std::fputs("more than the size of the input and 64 MiB live on the heap\n", stderr);
    std::abort();
  }
  static void freed(const volatile void* data) {
    if (data != nullptr)
      live -= static_cast<std::ptrdiff_t>(
          __sanitizer_get_allocated_size(const_cast<const void*>(data)));
  }

  inline static std::atomic<std::ptrdiff_t> live = 0;
  inline static std::atomic<std::ptrdiff_t> limit = 0;  // 0: none
};

}  // namespace xent::fuzz
