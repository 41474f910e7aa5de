// SPDX-License-Identifier: MIT
// Counts threads by the cores of the affinity mask and of the control groups' quota.
#include "cli/options/thread_option.hpp"

#include <algorithm>
#include <cstdint>

#include <CLI/CLI.hpp>

#include "bench/plan.hpp"
#include "cli/options/ranges.hpp"

namespace xent::cli {

void add_threads(CLI::App& app, int& threads) {
  app.add_option("--threads", threads, "How many threads; without it, one for each usable core")
      ->check(integer_from(1, bench::most_threads))
      ->type_name("T");
}

int threads_of(int threads, const machine::Cores& cores) {
  if (threads > 0) return threads;
  return static_cast<int>(std::min<std::int64_t>(cores.usable(), bench::most_threads));
}

}  // namespace xent::cli
