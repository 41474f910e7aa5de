// SPDX-License-Identifier: MIT
// xent bench: times implementations, and peers, over batch and class sizes, beside the roofs of the
// same run.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "cli/options/form_options.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/stopping.hpp"
#include "cli/timings.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/bench/bench_plan.hpp"
#include "cli/verbs/bench/measured.hpp"
#include "machine/cores.hpp"
#include "machine/load.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {
namespace {

int run(const BenchOptions& options, const std::string& command) {
  validate_environment();
  open_plugins(options.plugins);
  bench::Plan plan = plan_of(options);
  plan.stop_if_asked = stop_if_interrupted;
  Outputs out({{"--json", options.json}, text_for_people(options.json)});
  const machine::Load start = machine::load();
  const Measured made = measured({&plan, 1}, "shape");
  if (speaks(options.json)) print_timings(made.found);
  if (const auto crowd = crowd_text(options.threads, machine::cores().usable()); !crowd.empty())
    system::tell(fmt::format("xent bench: {}\n", crowd));
  if (!options.json.empty()) out.write_json("--json", results_of(made, command, plan, start));
  out.commit();
  return finished(made, "bench", !speaks(options.json));
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<BenchOptions>();
  add_implementations(app, o->implementations);
  add_plugins(app, o->plugins);
  app.add_option("--batch", o->batch, "Rows, comma-separated; crossed with --classes")
      ->delimiter(',')
      ->check(integer_from<std::ptrdiff_t>(1, most_rows_or_classes))
      ->type_name("LIST");
  app.add_option("--classes", o->classes, "Classes, comma-separated; without any shape, nine")
      ->delimiter(',')
      ->check(integer_from<std::ptrdiff_t>(1, most_rows_or_classes))
      ->type_name("LIST");
  app.add_option("--shapes", o->shapes,
                 "Shapes NxC, or of more axes as 4x21x512x512, comma-separated, instead of both")
      ->excludes(app.get_option("--batch"))
      ->excludes(app.get_option("--classes"))
      ->type_name("LIST");
  app.add_option("--dtype", o->dtype, dtype_names())->capture_default_str();
  app.add_option("--layout", o->layout,
                 "How the logits lie: rows; strided, every second element of rows twice as long; "
                 "or class-axis-1 of more axes than two, which is the default there")
      ->type_name("NAME");
  add_form(app, o->form);
  app.add_option("--reduction", o->reduction,
                 "none, mean or sum; without it none, with --grad the mean");
  app.add_flag("--grad", o->gradient, "Loss and gradient; without it, the loss alone");
  app.add_flag("--peers", o->peers, "Also the peers that this build has");
  add_timed_threads(app, o->threads);
  auto* two_forms =
      app.add_flag("--two-forms", o->two_forms,
                   "One-hot against labels as the classes grow, at one size of logits");
  for (const char* other : {"--impl", "--batch", "--classes", "--shapes", "--dtype"})
    two_forms->excludes(app.get_option(other));
  add_repetitions(app, o->repetitions);
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
