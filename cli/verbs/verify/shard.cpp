// SPDX-License-Identifier: MIT
// Shard from text.

#include "cli/verbs/verify/shard.hpp"

#include <charconv>

#include <fmt/format.h>

#include "cli/verb.hpp"

namespace xent::cli {

Shard parse_shard(const std::string& text) {
  if (text.empty()) return {};
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto part = std::from_chars(text.data(), end, shard.part);
  if (part.ec == std::errc() && part.ptr != end && *part.ptr == '/') {
    const auto parts = std::from_chars(part.ptr + 1, end, shard.parts);
    if (parts.ec == std::errc() && parts.ptr == end && 1 <= shard.part && shard.part <= shard.parts)
      return shard;
  }
  throw UsageError(fmt::format("--shard takes i/n with 1 <= i <= n, not '{}'", text));
}

}  // namespace xent::cli
