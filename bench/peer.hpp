// SPDX-License-Identifier: MIT
// Peers: libraries of others that compute softmax cross-entropy, timed beside the implementations.
// They promise nothing, so their errors are recorded, and only what is plainly wrong is refused.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <xent/element.hpp>

#include "bench/workload/workload.hpp"

namespace xent::bench {

/// One operation of a peer on the arrays of a workload, which outlive it.
struct PeerCall {
  std::function<void()> run = {};      // what is timed; empty where the peer does not do this
  std::function<void()> deliver = {};  // brings the results to those of the workload; not timed
};

/// Makes ready the losses of the form, so reduced, and where asked for their gradient, which goes
/// to that of the workload; of losses that are not reduced it is that of their sum.
template <class T>
using PreparePeer = PeerCall (*)(const Workload<T>& workload, const Form& form, Reduction reduction,
                                 bool gradient);

struct Peer {
  std::string_view name;                       // bench/peers/<name>.cpp
  std::string (*version)() = nullptr;          // of the library, with its name
  std::string (*instruction_set)() = nullptr;  // in force, in the library's words
  void (*use_threads)(int count) = nullptr;    // for the calls that follow
#define XENT_PREPARE(element, T) PreparePeer<T> element = nullptr;
  XENT_EACH_ELEMENT(XENT_PREPARE)  // f32, f64, …
#undef XENT_PREPARE

  /// Null where the peer has no such type.
  template <class T>
  PreparePeer<T> prepare() const {
    return of(std::type_identity<T>());
  }

 private:
#define XENT_PREPARE(element, T) \
  PreparePeer<T> of(std::type_identity<T>) const { return element; }
  XENT_EACH_ELEMENT(XENT_PREPARE)
#undef XENT_PREPARE
};

/// The peers that this build has, in the order of peers.def; defined in xent_peers.
std::span<const Peer* const> peers();

/// The version of each one's library, with its name.
inline std::vector<std::string> versions_of(std::span<const Peer* const> peers) {
  std::vector<std::string> versions;
  for (const Peer* peer : peers) versions.push_back(peer->version());
  return versions;
}

}  // namespace xent::bench
