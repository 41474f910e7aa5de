// SPDX-License-Identifier: MIT
// The peers of peers.def that are built: XENT_HAS_<name> is 1 for them and 0 for the others.

#include <vector>

#include "bench/peer.hpp"

namespace xent::bench {

#define XENT_KEEP_1(...) __VA_ARGS__
#define XENT_KEEP_0(...)
#define XENT_JOIN(a, b) a##b
#define XENT_KEEP_IF(condition) XENT_JOIN(XENT_KEEP_, condition)

#define XENT_PEER(name) XENT_KEEP_IF(XENT_HAS_##name)(extern const Peer peer_##name;)
#include "bench/peers.def"
#undef XENT_PEER

std::span<const Peer* const> peers() {
#define XENT_PEER(name) XENT_KEEP_IF(XENT_HAS_##name)(&peer_##name, )
  static const std::vector<const Peer*> all = {
#include "bench/peers.def"
  };
#undef XENT_PEER
  return all;
}

}  // namespace xent::bench
