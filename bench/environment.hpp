// SPDX-License-Identifier: MIT
// Environment: the machine, the system and the build that a result comes from.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <xent/record.hpp>

#include "bench/peer.hpp"

namespace xent::bench {

/// Where and how this run is made; what cannot be found out is "unknown". `command` and `seed` are
/// copied; the peers are among the libraries; the run is a whole.
Provenance environment(std::string command, std::uint64_t seed,
                       std::span<const Peer* const> peers = {});

}  // namespace xent::bench
