// SPDX-License-Identifier: MIT
// xent bench: times implementations, and peers, over batch and class sizes, beside the roofs of the
// same run.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <xent/records/results.hpp>
#include <xent/validate.hpp>

#include "bench/engine.hpp"
#include "bench/peer.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/progress.hpp"
#include "cli/stopping.hpp"
#include "cli/timings.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/bench/bench_plan.hpp"
#include "machine/cores.hpp"
#include "machine/environment.hpp"
#include "machine/load.hpp"
#include "system/interruption.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {
namespace {

/// What was measured; where it was interrupted, of the shapes that were done.
struct Measured {
  bench::Measurements found;
  std::string interrupted;  // how far it came; "" where it came to the end
};

Measured measured(const bench::Plan& plan) {
  const system::StopsGracefully graceful;
  Progress progress;
  Measured made;
  std::size_t shapes = 0;
  try {
    bench::run(
        plan,
        [&](std::size_t done, std::size_t all, std::string_view step) {
          stop_if_interrupted();
          shapes = done;
          progress.show("shape", done, all, step);
        },
        made.found);
  } catch (const Interrupted&) {
    made.interrupted = fmt::format("INTERRUPTED: {} of {} shapes done", shapes,
                                   plan.dtypes.size() * plan.shapes.size());
  }
  return made;
}

int run(const BenchOptions& options, const std::string& command) {
  validate_environment();
  bench::Plan plan = plan_of(options);
  plan.stop_if_asked = stop_if_interrupted;
  Outputs out({{"--json", options.json}, text_for_people(options.json)});
  const machine::Load start = machine::load();
  const auto [found, interrupted] = measured(plan);
  if (speaks(options.json)) print_timings(found);
  if (const auto crowd = crowd_text(options.threads, machine::cores().usable()); !crowd.empty())
    system::tell(fmt::format("xent bench: {}\n", crowd));
  if (!options.json.empty()) {
    Results results;
    results.runs = {
        machine::environment(command, options.seed, bench::versions_of(plan.peers), start)};
    results.runs.front().incomplete = !interrupted.empty();
    results.timings = found.timings;
    results.roofs = found.roofs;
    out.write_json("--json", results);
  }
  out.commit();
  for (const auto& failure : found.failures)
    if (!speaks(options.json)) system::tell(fmt::format("xent bench: {}\n", failure.text));
  if (!interrupted.empty()) system::tell(fmt::format("xent bench: {}\n", interrupted));
  return found.failures.empty() && interrupted.empty() ? exit_done : exit_check_failed;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<BenchOptions>();
  add_implementations(app, o->implementations);
  app.add_option("--batch", o->batch, "Rows, comma-separated; crossed with --classes")
      ->delimiter(',')
      ->check(integer_from<std::ptrdiff_t>(1, most_rows_or_classes))
      ->type_name("LIST");
  app.add_option("--classes", o->classes, "Classes, comma-separated; without any shape, nine")
      ->delimiter(',')
      ->check(integer_from<std::ptrdiff_t>(1, most_rows_or_classes))
      ->type_name("LIST");
  app.add_option("--shapes", o->shapes, "Shapes NxC, comma-separated, instead of both")
      ->excludes(app.get_option("--batch"))
      ->excludes(app.get_option("--classes"))
      ->type_name("LIST");
  app.add_option("--dtype", o->dtype, dtype_names())->capture_default_str();
  app.add_option("--targets", o->targets, "labels, one_hot, probs or csr")->capture_default_str();
  app.add_flag("--grad", o->gradient, "Loss and gradient; without it, the loss alone");
  app.add_flag("--peers", o->peers, "Also the peers that this build has");
  add_timed_threads(app, o->threads);
  auto* two_forms =
      app.add_flag("--two-forms", o->two_forms,
                   "One-hot against labels as the classes grow, at one size of logits");
  for (const char* other : {"--impl", "--batch", "--classes", "--shapes", "--dtype", "--targets"})
    two_forms->excludes(app.get_option(other));
  app.add_option("--repetitions", o->repetitions,
                 "Samples of each figure, in rounds of random order")
      ->capture_default_str()
      ->check(integer_from(1, 1'000'000));
  app.add_option("--min-time", o->min_time, "Seconds of one sample, at least one call")
      ->capture_default_str()
      ->check(number_above_zero());
  app.add_option("--family", o->family, "Of the logits, with its scale, as in 'deep_gap(400)'")
      ->capture_default_str();
  add_seed(app, o->seed, "Of the logits");
  add_instruction_set(app, o->instruction_set);
  add_json(app, o->json, "The records");
  return [o](const std::string& command) { return run(*o, command); };
}

}  // namespace

extern const Verb verb_bench{
    .name = "bench",
    .summary = "Times implementations, each figure also as a multiple of its roof",
    .example = "xent bench --impl simd --batch 128 --classes 50257 --grad --json bench.json",
    .define = define,
};

}  // namespace xent::cli
