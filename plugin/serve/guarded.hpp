// SPDX-License-Identifier: MIT
// The worker's view of an arena: only the tensors of a request can be reached, the inputs only to
// be read.
#pragma once

#include <cstddef>
#include <vector>

#include "plugin/wire.hpp"

namespace xent::plugin {

/// Maps an arena so that the pages of each input can be read, those of each output also written,
/// and those between them not touched.
class Guarded {
 public:
  explicit Guarded(int file) : file_(file) {}

  /// Opens the pages of the request, and closes those of the one before. Throws std::system_error.
  void open(const Request& request);

  std::byte* base() const { return base_; }

 private:
  void map(std::size_t size);
  void protect(const WireTensor& tensor, int protection) const;

  int file_;
  std::byte* base_ = nullptr;
  std::size_t size_ = 0;
  std::array<WireTensor, roles> opened_ = {};
  bool in_place_ = false;
};

}  // namespace xent::plugin
