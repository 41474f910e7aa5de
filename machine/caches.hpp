// SPDX-License-Identifier: MIT
// Caches: what the system says of those of the first core, and which of them holds how much.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace xent::machine {

struct Cache {
  std::string level;  // "1"
  std::string type;   // "Data", "Instruction" or "Unified"
  std::string size;   // "48K"
  double bytes = 0;   // 0 where the size cannot be read
};

/// The caches listed in that folder, in its order; none where there is no list.
std::vector<Cache> caches(const std::string& folder = "/sys/devices/system/cpu/cpu0/cache");

/// The smallest cache for data that holds so many bytes: "L1d", "L2", …; "DRAM" where none does,
/// "unknown" where no cache is known. A level that cores share counts as whole.
std::string residency(double bytes, std::span<const Cache> caches);

}  // namespace xent::machine
