// SPDX-License-Identifier: MIT
// Roofline: the roof kernels on the arrays of a workload, and the least time that they leave to
// what is timed beside them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <xent/records/results.hpp>

#include "bench/roofs/roof.hpp"
#include "bench/rounds.hpp"
#include "bench/workload/workload.hpp"

namespace xent::bench {

/// The records, complete but for what is measured, and their calls in the same order.
struct Roofline {
  std::vector<RoofRecord> records;
  std::vector<std::function<void()>> calls;  // they refer to the workload
};

/// Whether kernels of that kind have arrays: those that write need a gradient.
constexpr bool applies(RoofKind kind, bool gradient) { return gradient || !writes(kind); }

/// Reads of the logits; with gradient, also writes of it and copies of the one to the other. The
/// array is shared among so many threads.
template <class T>
Roofline roofline(const Workload<T>& workload, int threads);

/// Fills in the speeds, and which is the fastest of each kind.
void set_speeds(std::span<const Series> series, std::vector<RoofRecord>& roofs);

/// The nanoseconds that the roof takes for what the record is of: see TimingRecord.
double roof_ns(const TimingRecord& timed, std::span<const RoofRecord> roofs);

}  // namespace xent::bench
