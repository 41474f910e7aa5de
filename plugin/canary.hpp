// SPDX-License-Identifier: MIT
// Canaries are bytes before a tensor that no kernel may change. They are no number of any element
// type that a kernel is likely to write.
#pragma once

#include <cstddef>
#include <cstdint>

namespace xent::plugin {

/// Returns the canary at that byte of an arena.
constexpr std::byte canary(std::uint64_t at) {
  return static_cast<std::byte>(0xA5U ^ (at * 37U & 0x5FU));
}

/// Puts canaries into [first, last) of an arena.
inline void put_canaries(std::byte* arena, std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t at = first; at < last; ++at) arena[at] = canary(at);
}

/// Returns the first changed canary of [first, last), `last` where none is.
inline std::uint64_t changed_canary(const std::byte* arena, std::uint64_t first,
                                    std::uint64_t last) {
  for (std::uint64_t at = first; at < last; ++at)
    if (arena[at] != canary(at)) return at;
  return last;
}

}  // namespace xent::plugin
