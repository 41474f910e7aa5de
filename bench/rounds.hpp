// SPDX-License-Identifier: MIT
// Rounds: calls measured against each other. In every round each is sampled once, in an order drawn
// anew, so that what a moment of the machine does to one it does to its neighbours, and samples of
// one round can be compared in pairs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <vector>

#include "bench/timer.hpp"

namespace xent::bench {

struct Rounds {
  int count = 9;
  double seconds = 0.002;  // of one sample, at least one call
  int threads = 1;         // that the calls use
  /// Whether the threads outnumber the cores: they preempt each other, which says nothing of
  /// others.
  bool crowded = false;
  /// Of the first so many calls, one that took much longer than the fastest of them in every round
  /// so far (8 times after one round, 4 times after two, then twice) is left out of the others.
  std::size_t racing = 0;
  std::function<void()> stop_if_asked = {};  // what it throws comes out
};

/// Thrown where a call failed: a kernel of a plugin that was ended, say.
struct FailedCall : std::runtime_error {
  FailedCall(std::size_t which, const char* why) : std::runtime_error(why), call(which) {}
  std::size_t call;
};

/// The samples of one call: those of the first rounds, in order, if it was left out later.
struct Series {
  std::vector<double> ns;      // of one call
  std::int64_t preempted = 0;  // samples that no retake kept from being preempted
};

/// How a sample is taken: sample(), or what a test puts in its place.
using TakeSample = std::function<Sample(std::size_t call, std::int64_t calls)>;

/// A sample that was preempted is taken again, up to four times, as long as retakes cost no more
/// time than first takes.
/// Throws FailedCall where a call throws KernelFault.
std::vector<Series> time_rounds(std::span<const std::function<void()>> calls, const Rounds& rounds);

/// The same with samples from elsewhere: call k is called often[k] times for each.
std::vector<Series> time_rounds(const TakeSample& take, std::span<const std::int64_t> often,
                                const Rounds& rounds);

}  // namespace xent::bench
