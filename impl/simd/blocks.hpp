// SPDX-License-Identifier: MIT
// A row as blocks of contiguous elements: in place where the row is contiguous, else copied to and
// from a fixed buffer. A block of logits stays in the first-level cache between two sweeps over it.
#pragma once

#include <algorithm>
#include <cstddef>

#include <xent/view.hpp>

namespace xent::impl {

inline constexpr std::ptrdiff_t block_size = 1024;

/// Calls f(begin, n) for consecutive blocks of [0, size).
template <class F>
inline void for_each_block(std::ptrdiff_t size, F&& f) {
  for (std::ptrdiff_t begin = 0; begin < size; begin += block_size)
    f(begin, std::min(block_size, size - begin));
}

template <class T>
class BlockReader {
 public:
  explicit BlockReader(VectorView<const T> x) : x_(x) {}

  /// Elements [begin, begin + n), n <= block_size; valid until the next call.
  const T* read(std::ptrdiff_t begin, std::ptrdiff_t n) {
    if (x_.contiguous()) return x_.data + begin;
    for (std::ptrdiff_t j = 0; j < n; ++j) buffer_[j] = x_[begin + j];
    return buffer_;
  }

 private:
  VectorView<const T> x_;
  alignas(64) T buffer_[block_size];
};

template <class T>
class BlockWriter {
 public:
  explicit BlockWriter(VectorView<T> g) : g_(g) {}

  /// Where to put elements [begin, begin + n), to be followed by written().
  T* block(std::ptrdiff_t begin) { return g_.contiguous() ? g_.data + begin : buffer_; }
  void written(std::ptrdiff_t begin, std::ptrdiff_t n) {
    if (g_.contiguous()) return;
    for (std::ptrdiff_t j = 0; j < n; ++j) g_[begin + j] = buffer_[j];
  }

 private:
  VectorView<T> g_;
  alignas(64) T buffer_[block_size];
};

}  // namespace xent::impl
