// SPDX-License-Identifier: MIT
// Roofs: kernels that only move bytes. What has to read its logits and to write its gradient cannot
// be faster than the fastest of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace xent::bench {

/// What a kernel moves, and how: nt_ stores are non-temporal, past the caches.
enum class RoofKind { read, write, nt_write, copy, nt_copy };

inline constexpr RoofKind all_roof_kinds[] = {RoofKind::read, RoofKind::write, RoofKind::nt_write,
                                              RoofKind::copy, RoofKind::nt_copy};

constexpr std::string_view to_string(RoofKind kind) {
  switch (kind) {
    case RoofKind::read: return "read";
    case RoofKind::write: return "write";
    case RoofKind::nt_write: return "nt_write";
    case RoofKind::copy: return "copy";
    case RoofKind::nt_copy: return "nt_copy";
  }
  return "";
}

constexpr bool reads(RoofKind kind) {
  return kind != RoofKind::write && kind != RoofKind::nt_write;
}
constexpr bool writes(RoofKind kind) { return kind != RoofKind::read; }

/// What is written. Not 0: some processors write lines of zeros faster than any others, Zen 4 past
/// its caches three times as fast.
inline constexpr std::uint8_t written_byte = 0x3c;

/// A kernel that loads every byte at `from` once, or stores every byte at `to` once, or both, and
/// does nothing else but combine what it loads.
struct RoofKernel {
  RoofKind kind = RoofKind::read;
  std::string_view name;
  /// `size` bytes; `to` is aligned to 64 and overlaps nothing. Reading, it returns the bitwise or
  /// of the bytes. Copying, they are at `to` afterwards, writing, written_byte is; it returns 0.
  /// The pointer that the kind has no use for may be null.
  std::uint8_t (*run)(const std::uint8_t* from, std::uint8_t* to, std::size_t size) = nullptr;
};

/// All kernels, in the order of roof_kernels.def, compiled for the best instruction set of this
/// machine, whichever the kernels are timed on.
std::span<const RoofKernel> roof_kernels();

}  // namespace xent::bench
