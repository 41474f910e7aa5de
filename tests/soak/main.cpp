// SPDX-License-Identifier: MIT
// soak [--problems N] [--minutes M] [--seed S] [--impl GLOBS] [--dtype TYPE]
//      [--instruction-set SET] [--threads T]
//   judges drawn problems against the reference until N are judged or M minutes are over, prints
//   what breaks, shrunk, with the command that repeats it, and in the end what was judged.
// soak --mutants
//   each planted implementation is found within N problems (100,000 unless told).
// Exit status: 0 where nothing broke (with --mutants: every mutant did), 1 else, 2 for bad usage.
#include <cmath>
#include <csignal>
#include <cstdio>
#include <exception>
#include <limits>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <xent/validate.hpp>

#include "tests/soak/mutants.hpp"
#include "tests/soak/soak.hpp"

namespace {

using namespace xent;

struct Wanted {
  std::int64_t problems = 0;
  double minutes = 0;
  std::uint64_t seed = 1;
  std::string implementations = "*", dtype, instruction_set;
  int threads = 2;
  bool mutants = false;
};

/// Set by SIGINT and SIGTERM: the tables are still printed.
volatile std::sig_atomic_t interrupted = 0;

void print(const soak::Finding& finding) {
  fmt::print("BREAK: {} {} {}: {}\n  drawn as {}\n  repeat: {}\n",
             finding.subject.implementation->name, to_string(finding.smallest.dtype),
             finding.subject.instruction_set, finding.broken.what, to_string(finding.drawn),
             repeat_command(finding));
  std::fflush(stdout);
}

int run_soak(const Wanted& options) {
  const auto all = implementations();
  soak::Plan plan{.subjects = soak::subjects_of({all.begin(), all.end()}, options.implementations,
                                                options.instruction_set),
                  .seed = options.seed,
                  .problems = options.problems > 0 ? options.problems
                                                   : std::numeric_limits<std::int64_t>::max(),
                  .dtype = options.dtype,
                  .threads = options.threads,
                  .found = print};
  if (plan.subjects.empty()) {
    fmt::print(stderr, "soak: no implementation is '{}' on '{}'\n", options.implementations,
               options.instruction_set);
    return 2;
  }
  if (options.minutes > 0) plan.time = std::chrono::seconds(std::lround(60 * options.minutes));
  plan.stopped = [] { return interrupted != 0; };
  std::int64_t next = 0;
  plan.progress = [&](const soak::Tally& tally) {
    if (tally.problems() < next) return;
    fmt::print(stderr, "soak: {} problems, {} breaks\n", tally.problems(), tally.breaks());
    next = tally.problems() + 20'000;
  };
  const soak::Tally tally = soak::soak(plan);
  fmt::print("{}", tally.text());
  return tally.breaks() == 0 && tally.problems() > 0 ? 0 : 1;
}

/// Whether each mutant is found, and the sound implementation that they are made of is not.
int run_mutants(const Wanted& options) {
  bool all_found = true;
  for (const soak::Mutant& mutant : soak::mutants()) {
    bool told = false;
    const soak::Plan plan{.subjects = {{&mutant.implementation, ""}},
                          .seed = options.seed,
                          .problems = options.problems > 0 ? options.problems : 100'000,
                          .dtype = options.dtype,
                          .threads = options.threads,
                          .until_broken = true,
                          .found = [&](const soak::Finding& finding) {
                            if (!std::exchange(told, true)) print(finding);
                          }};
    const soak::Tally tally = soak::soak(plan);
    const bool found = tally.breaks() > 0;
    all_found = all_found && found == mutant.wrong;
    fmt::print("{}: {} within {} problems\n", mutant.mistake, found ? "found" : "not found",
               tally.problems());
  }
  return all_found ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  Wanted options;
  CLI::App app("Judges drawn problems without end", "soak");
  app.add_option("--problems", options.problems, "To judge, at most");
  app.add_option("--minutes", options.minutes, "To take, at most");
  app.add_option("--seed", options.seed, "Of the problems")->capture_default_str();
  app.add_option("--impl", options.implementations, "Patterns, comma-separated")
      ->capture_default_str();
  app.add_option("--dtype", options.dtype, "f32, f64, bf16 or f16; without it, all")
      ->check(CLI::IsMember({"f32", "f64", "bf16", "f16"}));
  app.add_option("--instruction-set", options.instruction_set, "Only this; without it, all");
  app.add_option("--threads", options.threads, "That judge")->capture_default_str();
  app.add_flag("--mutants", options.mutants, "Planted mistakes instead of the implementations");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : 2;
  }
  validate_environment();
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { interrupted = 1; });
  return options.mutants ? run_mutants(options) : run_soak(options);
} catch (const std::exception& fault) {
  fmt::print(stderr, "soak: {}\n", fault.what());
  return 1;
}
