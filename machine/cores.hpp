// SPDX-License-Identifier: MIT
// Cores: how many this process may use, which may be fewer than the machine has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace xent::machine {

struct Cores {
  std::int64_t affinity = 1;         // in the affinity mask of the process
  std::optional<double> quota = {};  // cores' worth of time that its control groups allow, if less
                                     // than all of it

  /// Threads that can compute side by side: whole cores, at least 1.
  std::int64_t usable() const;
};

/// Those of this process: its affinity from the system, its quota from the files under `root`, of
/// control groups of version 1 or 2. No file, no quota.
Cores cores(const std::string& root = "");

/// The least quota of the control group of this process and of all above it, if there is one.
std::optional<double> quota(const std::string& root);

}  // namespace xent::machine
