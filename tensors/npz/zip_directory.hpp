// SPDX-License-Identifier: MIT
// The central directory of a zip archive: what it says of each member.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "tensors/npz/zip_end.hpp"
#include "tensors/npz/zip_record.hpp"

namespace xent::tensors {

struct ZipMember {
  std::string_view name;  // any bytes
  std::uint16_t flags = 0, method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;  // how many bytes it takes in the file
  std::uint64_t size = 0;    // how many it stands for
  std::uint64_t begin = 0;   // of its local header in the file
};

/// Walks over the directory of an archive, whose bytes it looks at; nothing of it is kept.
class ZipDirectory {
 public:
  /// Throws InvalidZip.
  explicit ZipDirectory(ZipBytes archive) : archive_(archive), end_(find_zip_end(archive)) {}

  ZipBytes archive() const { return archive_; }
  /// Where the directory begins, and all that is before it ends.
  std::uint64_t begin() const { return end_.begin; }

  /// Calls `act` with each member, in the directory's order. What stands there is well-formed, and
  /// otherwise a claim. Throws InvalidZip.
  void each(const std::function<void(const ZipMember&)>& act) const;

 private:
  ZipBytes archive_;
  ZipEnd end_;
};

}  // namespace xent::tensors
