// SPDX-License-Identifier: MIT
#include "plugin/shared_memory.hpp"

#include <cerrno>
#include <new>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

namespace xent::plugin {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

SharedMemory::SharedMemory(const char* name) : file_(::memfd_create(name, MFD_CLOEXEC)) {
  if (file_ < 0) fail("shared memory");
}

SharedMemory::~SharedMemory() {
  if (data_ != nullptr) ::munmap(data_, size_);
  ::close(file_);
}

void SharedMemory::grow(std::size_t size) {
  size = whole_pages(size);
  if (size <= size_) return;
  if (::ftruncate(file_, static_cast<off_t>(size)) != 0) fail("shared memory");
  if (data_ != nullptr) ::munmap(data_, size_);
  data_ = nullptr;
  size_ = 0;
  void* const mapped = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(mapped);
  size_ = size;
}

std::size_t page_size() {
  static const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

std::size_t whole_pages(std::size_t bytes) {
  return (bytes + page_size() - 1) / page_size() * page_size();
}

}  // namespace xent::plugin
