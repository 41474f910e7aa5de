// SPDX-License-Identifier: MIT
#include "plugin/serve/guarded.hpp"

#include <cerrno>
#include <system_error>

#include <sys/mman.h>

#include "plugin/shared_memory.hpp"

namespace xent::plugin {
namespace {

[[noreturn]] void fail() { throw std::system_error(errno, std::generic_category(), "guard pages"); }

}  // namespace

void Guarded::map(std::size_t size) {
  if (base_ != nullptr) ::munmap(base_, size_);
  void* const mapped = ::mmap(nullptr, size, PROT_NONE, MAP_SHARED, file_, 0);
  if (mapped == MAP_FAILED) fail();
  base_ = static_cast<std::byte*>(mapped);
  size_ = size;
  opened_ = {};
}

void Guarded::protect(const WireTensor& tensor, int protection) const {
  if (tensor.axes < 0 || tensor.begin == tensor.end) return;
  const std::size_t first = tensor.begin / page_size() * page_size();
  if (::mprotect(base_ + first, tensor.end - first, protection) != 0) fail();
}

void Guarded::open(const Request& request) {
  if (request.arena_size != size_) map(request.arena_size);
  if (request.tensors == opened_ && request.in_place == in_place_) return;
  for (const WireTensor& tensor : opened_) protect(tensor, PROT_NONE);
  for (std::size_t role = 0; role < roles; ++role)
    protect(request.tensors[role], is_output(role) ? PROT_READ | PROT_WRITE : PROT_READ);
  opened_ = request.tensors;
  in_place_ = request.in_place;
}

}  // namespace xent::plugin
