// SPDX-License-Identifier: MIT
// Environment: the machine, the system and the build that a result comes from.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <xent/records/results.hpp>

#include "machine/load.hpp"

namespace xent::machine {

/// Where and how this run is made; what cannot be found out is "unknown". `command` and `seed` are
/// copied; the run is a whole. `others` are libraries that
/// are named beside those of the build, each with its version. `start` is the load at the
/// beginning of the run, whose end this is called at.
Provenance environment(std::string command, std::uint64_t seed,
                       std::span<const std::string> others = {}, const Load& start = load());

}  // namespace xent::machine
