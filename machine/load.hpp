// SPDX-License-Identifier: MIT
// Load: how busy the machine is with others, at a moment and between two.
#pragma once

#include <optional>
#include <string>

namespace xent::machine {

struct Load {
  std::optional<double> average = {};  // processes that ran or wanted to, of the last minute
  std::optional<double> stolen = {};   // ticks that the hypervisor gave to other machines, so far
  std::optional<double> ticks = {};    // of all cores, so far
};

/// Now: the average from the system, the ticks from `root`/proc/stat. What cannot be had is absent.
Load load(const std::string& root = "");

/// The share of the time from `start` to `end` that the hypervisor gave to other machines, 0 to 1.
std::optional<double> stolen_share(const Load& start, const Load& end);

}  // namespace xent::machine
