// SPDX-License-Identifier: MIT
// Memory that the program and a worker share: a file without a name, mapped.
#pragma once

#include <cstddef>

namespace xent::plugin {

/// Shared memory that grows, and whose pages are made when they are touched.
class SharedMemory {
 public:
  /// `name` is shown by the system's tools. Throws std::system_error.
  explicit SharedMemory(const char* name);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  /// Makes it at least that large; what it held stays. Throws std::system_error.
  void grow(std::size_t size);

  int file() const { return file_; }
  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  int file_ = -1;
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Returns the size of a page.
std::size_t page_size();

/// Returns the bytes rounded up to whole pages.
std::size_t whole_pages(std::size_t bytes);

}  // namespace xent::plugin
