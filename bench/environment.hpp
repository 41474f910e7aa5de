// SPDX-License-Identifier: MIT
// Environment: the machine, the system and the build that a result comes from.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <xent/record.hpp>

#include "bench/load.hpp"
#include "bench/peer.hpp"

namespace xent::bench {

/// Where and how this run is made; what cannot be found out is "unknown". `command` and `seed` are
/// copied; the peers are among the libraries; the run is a whole. `start` is the load at the
/// beginning of the run, whose end this is called at.
Provenance environment(std::string command, std::uint64_t seed,
                       std::span<const Peer* const> peers = {}, const Load& start = load());

}  // namespace xent::bench
