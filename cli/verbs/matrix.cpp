// SPDX-License-Identifier: MIT
// xent matrix: every form of the problem beside the peers, the worst ratio first.

#include "bench/plans/matrix.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <xent/validate.hpp>

#include "bench/peer.hpp"
#include "cli/layout.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/stopping.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/bench/measured.hpp"
#include "cli/verbs/matrix/peer_ratios.hpp"
#include "machine/load.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::string implementations = "simd";
  bench::MatrixSize size;
  std::string instruction_set, json;
  std::size_t rows = 20;
  int threads = 1;
  int repetitions = 11;
  std::uint64_t seed = 1;
};

bench::Plan plan_of(const Options& options) {
  bench::Plan plan;
  plan.implementations = select_implementations(options.implementations);
  plan.peers = {bench::peers().begin(), bench::peers().end()};
  plan.threads = options.threads;
  plan.repetitions = options.repetitions;
  plan.seed = options.seed;
  plan.instruction_set = the_instruction_set(options.instruction_set);
  plan.checked_logits = 20000;
  plan.stop_if_asked = stop_if_interrupted;
  return plan;
}

std::set<std::string> names_of(const std::vector<const bench::Peer*>& peers) {
  std::set<std::string> names;
  for (const bench::Peer* peer : peers) names.emplace(peer->name);
  return names;
}

int run(const Options& options, const std::string& command) {
  validate_environment();
  const bench::Plan plan = plan_of(options);
  Outputs out({{"--json", options.json}, text_for_people(options.json)});
  const machine::Load start = machine::load();
  const Measured made = measured(bench::matrix(plan, options.size), "cell");
  if (speaks(options.json)) {
    say(to_text(peer_ratios(made.found.timings, names_of(plan.peers)), options.rows));
    if (plan.peers.empty()) say("this build has no peers: configure with -DXENT_PEERS=ON\n");
  }
  if (!options.json.empty()) out.write_json("--json", results_of(made, command, plan, start));
  out.commit();
  return finished(made, "matrix", true);
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  add_implementations(app, o->implementations);
  app.add_option("--classes", o->size.classes, "Classes, comma-separated")
      ->delimiter(',')
      ->check(integer_from<std::ptrdiff_t>(1, most_rows_or_classes))
      ->capture_default_str()
      ->type_name("LIST");
  app.add_flag("--full", o->size.full,
               "Every combination of settings; without it, every pair of them at each number of "
               "classes");
  app.add_option("--logits", o->size.logits, "Of a large batch, about; it has 8 rows at least")
      ->check(integer_from<std::ptrdiff_t>(1, std::ptrdiff_t{1} << 27))
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--rows", o->rows, "Of the table, those of the largest ratios")
      ->capture_default_str()
      ->check(integer_from<std::size_t>(1, 1'000'000'000))
      ->type_name("N");
  add_timed_threads(app, o->threads);
  add_repetitions(app, o->repetitions);
  add_seed(app, o->seed, "Of the logits");
  add_instruction_set(app, o->instruction_set);
  add_json(app, o->json, "The records");
  return [o](const std::string& command) { return run(*o, command); };
}

}  // namespace

extern const Verb verb_matrix{
    .name = "matrix",
    .summary = "Times every form of the problem beside the peers, the worst ratio first",
    .example = "xent matrix --classes 10,1000 --json matrix.json",
    .define = define,
};

}  // namespace xent::cli
