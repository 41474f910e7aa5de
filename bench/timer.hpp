// SPDX-License-Identifier: MIT
// Timer: measures calls against each other, with Google Benchmark as the engine.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace xent::bench {

/// Nanoseconds of one call: the least and the middle of the repetitions.
struct Timing {
  double ns_min = 0;
  double ns_median = 0;
};

/// Times the calls, their repetitions interleaved in random order so that a slow moment of the
/// machine falls on all of them alike. Each repetition lasts at least `min_time` seconds. Prints
/// nothing. Not to be called from two threads at once.
std::vector<Timing> time_interleaved(std::span<const std::function<void()>> calls, int repetitions,
                                     double min_time);

}  // namespace xent::bench
