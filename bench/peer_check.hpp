// SPDX-License-Identifier: MIT
// PeerCheck: how far a peer is off, by the same reference as the implementations.
#pragma once

#include "bench/check.hpp"
#include "bench/peer.hpp"
#include "bench/workload/workload.hpp"

namespace xent::bench {

/// Runs the peer, which does this, on the workload and judges a sample of the rows. A fault is what
/// is plainly wrong: NaN or inf, a loss off by more than 1e-3 (1 + |loss|), the mean or sum by more
/// than that, a component of the mean's gradient by more than 1e-3 / N; to each, two roundings of the element
/// type are added.
template <class T>
Check check_peer(const Peer& peer, const Workload<T>& workload, const Form& form,
                 std::ptrdiff_t logits);

}  // namespace xent::bench
