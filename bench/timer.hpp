// SPDX-License-Identifier: MIT
// Timer: one sample of a call, with Google Benchmark as the engine.
#pragma once

#include <cstdint>
#include <functional>

#include <xent/remote_kernel.hpp>

namespace xent::bench {

struct Sample {
  double ns = 0;           // of one call, on average
  double elapsed_ns = 0;   // of all calls, on the wall's clock
  bool preempted = false;  // some other process had a processor that the calls were using
};

/// A call that another process makes, which takes the time itself: a kernel of a plugin.
struct RemoteCall {
  std::function<RemoteTime(std::int64_t calls)> time;
  void operator()() const { time(0); }
};

/// Calls so often. Of one thread the time is that which it had a processor for; where nothing else
/// runs that is the time on the wall, and else what comes nearest to it. Of several threads it is
/// the time on the wall. More than one call are preceded by one that is not timed. Prints nothing.
/// Not to be called from two threads at once. A RemoteCall is timed where it is made.
Sample sample(const std::function<void()>& call, std::int64_t calls, int threads);

/// As many calls as take about so many seconds, at least one.
std::int64_t calls_that_take(const std::function<void()>& call, double seconds, int threads);

}  // namespace xent::bench
