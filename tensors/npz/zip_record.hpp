// SPDX-License-Identifier: MIT
// The records of a zip archive, by the names and offsets of PKWARE's APPNOTE.TXT 6.3: each begins
// with a signature of four bytes, and its numbers are little-endian.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace xent::tensors {

static_assert(std::endian::native == std::endian::little);

/// Part of an archive's bytes.
using ZipBytes = std::span<const std::byte>;

/// A kind of record: what it begins with, and the bytes of all fields before its names.
struct ZipRecord {
  std::string_view signature;
  std::size_t size;
};
inline constexpr ZipRecord local_header{.signature = "PK\3\4", .size = 30};
inline constexpr ZipRecord central_header{.signature = "PK\1\2", .size = 46};
inline constexpr ZipRecord zip64_end{.signature = "PK\6\6", .size = 56};
inline constexpr ZipRecord zip64_locator{.signature = "PK\6\7", .size = 20};
inline constexpr ZipRecord end_of_archive{.signature = "PK\5\6", .size = 22};

/// A number that is too large for its field stands in a Zip64 record; the field then has all bits.
inline constexpr std::uint16_t in_zip64_16 = 0xffff;
inline constexpr std::uint32_t in_zip64_32 = 0xffffffff;

inline std::string_view text_of(ZipBytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Whether the record is there, whole but for its names, at the start of the bytes.
inline bool begins_with(ZipBytes bytes, const ZipRecord& record) {
  return bytes.size() >= record.size && text_of(bytes).starts_with(record.signature);
}

/// The number at that offset of the bytes, which reach so far.
template <class T>
T number_at(ZipBytes bytes, std::size_t offset) {
  assert(offset <= bytes.size() && sizeof(T) <= bytes.size() - offset);
  T number;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

}  // namespace xent::tensors
