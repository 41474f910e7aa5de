// SPDX-License-Identifier: MIT
// Shard: part i of n of a list of work, taken in turn.
#pragma once

#include <cstddef>
#include <string>

namespace xent::cli {

struct Shard {
  int part = 1;  // from 1
  int parts = 1;
  int next = 0;

  /// How many of `all` pieces of work belong to this part.
  std::size_t pieces(std::size_t all) const {
    const auto before = static_cast<std::size_t>(part - 1);
    return all <= before ? 0 : (all - before - 1) / static_cast<std::size_t>(parts) + 1;
  }
  /// Whether the next piece of work belongs to this part.
  bool takes_next() { return next++ % parts == part - 1; }
};

/// "i/n"; "" is all of it. Throws UsageError for anything else.
Shard parse_shard(const std::string& text);

}  // namespace xent::cli
