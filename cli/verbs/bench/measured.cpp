// SPDX-License-Identifier: MIT
// Running plans.

#include "cli/verbs/bench/measured.hpp"

#include <fmt/format.h>

#include "bench/peer.hpp"
#include "cli/progress.hpp"
#include "cli/stopping.hpp"
#include "cli/verb.hpp"
#include "machine/environment.hpp"
#include "system/interruption.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {

Measured measured(std::span<const bench::Plan> plans, std::string_view piece) {
  const system::StopsGracefully graceful;
  Progress progress;
  Measured made;
  std::size_t before = 0, shapes = 0, all = 0;
  for (const bench::Plan& plan : plans) all += plan.dtypes.size() * plan.shapes.size();
  try {
    for (const bench::Plan& plan : plans) {
      bench::run(
          plan,
          [&](std::size_t done, std::size_t, std::string_view step) {
            stop_if_interrupted();
            shapes = before + done;
            progress.show(piece, shapes, all, step);
          },
          made.found);
      before += plan.dtypes.size() * plan.shapes.size();
    }
  } catch (const Interrupted&) {
    made.interrupted = fmt::format("INTERRUPTED: {} of {} {}s done", shapes, all, piece);
  }
  return made;
}

Results results_of(const Measured& measured, const std::string& command, const bench::Plan& plan,
                   const machine::Load& start) {
  Results results;
  results.runs = {machine::environment(command, plan.seed, bench::versions_of(plan.peers), start)};
  results.runs.front().incomplete = !measured.interrupted.empty();
  results.timings = measured.found.timings;
  results.roofs = measured.found.roofs;
  return results;
}

int finished(const Measured& measured, std::string_view verb, bool tells_failures) {
  if (tells_failures)
    for (const bench::Untimed& failure : measured.found.failures)
      system::tell(fmt::format("xent {}: {}\n", verb, failure.text));
  if (!measured.interrupted.empty())
    system::tell(fmt::format("xent {}: {}\n", verb, measured.interrupted));
  const bool good = measured.found.failures.empty() && measured.interrupted.empty();
  return good ? exit_done : exit_check_failed;
}

}  // namespace xent::cli
