// SPDX-License-Identifier: MIT
// Shard: part i of n of a list of work, taken in turn.
#pragma once

#include <string>

namespace xent::cli {

struct Shard {
  int part = 1;  // from 1
  int parts = 1;
  int next = 0;

  /// Whether the next piece of work belongs to this part.
  bool takes_next() { return next++ % parts == part - 1; }
};

/// "i/n"; "" is all of it. Throws UsageError for anything else.
Shard parse_shard(const std::string& text);

}  // namespace xent::cli
