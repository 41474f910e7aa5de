// SPDX-License-Identifier: MIT
// Buffer: an array whose pages are aligned, huge where the system grants it, and touched.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#include <sys/mman.h>

namespace xent::bench {

/// `size` elements, zero to begin with. Huge pages keep the physical placement of the array, and
/// with it the conflicts in the caches, from changing between runs. Throws std::bad_alloc.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::ptrdiff_t size) : size_(size) {
    constexpr std::size_t huge_page = std::size_t{1} << 21;
    const std::size_t bytes = static_cast<std::size_t>(size) * sizeof(T);
    const std::size_t rounded = (bytes + huge_page - 1) / huge_page * huge_page;
    data_.reset(static_cast<T*>(std::aligned_alloc(huge_page, std::max(rounded, huge_page))));
    if (data_ == nullptr) throw std::bad_alloc();
    (void)::madvise(data_.get(), rounded, MADV_HUGEPAGE);  // advice: refusal costs speed alone
    fill(T{});
  }

  T* data() const { return data_.get(); }
  std::ptrdiff_t size() const { return size_; }
  void fill(T value) const { std::fill_n(data(), size_, value); }

 private:
  struct Free {
    void operator()(T* data) const { std::free(data); }
  };
  std::unique_ptr<T, Free> data_;
  std::ptrdiff_t size_ = 0;
};

}  // namespace xent::bench
