// SPDX-License-Identifier: MIT
// What was timed beside peers in the same rounds: how much longer it takes than the best of them.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include <xent/records/results.hpp>
#include <xent/records/sample_statistics.hpp>

namespace xent::cli {

/// An implementation in one cell. Where no peer offers what the cell is of, `peer` is null and there
/// is no ratio.
struct PeerRatio {
  const TimingRecord* own = nullptr;
  const TimingRecord* peer = nullptr;  // that of the least median
  double ratio = 0;                    // the median of those of the rounds, own over peer
  Interval interval = {};              // of that median, at 95 % where there are samples enough

  bool is_reliable() const {
    return own->unreliable.empty() && (peer == nullptr || peer->unreliable.empty());
  }
};

/// Returns one for each timing that is of none of the `peers`: the largest ratio first, then those
/// without a peer, the largest multiple of the roof first. They point into the timings.
std::vector<PeerRatio> peer_ratios(std::span<const TimingRecord> timings,
                                   const std::set<std::string>& peers);

/// The first `most` of them as a table for people, and how many are slower than a peer.
std::string to_text(std::span<const PeerRatio> ratios, std::size_t most);

}  // namespace xent::cli
