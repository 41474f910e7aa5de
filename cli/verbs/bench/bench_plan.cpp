// SPDX-License-Identifier: MIT
// What the options of `xent bench` ask for, as a plan of the engine.

#include "cli/verbs/bench/bench_plan.hpp"

#include "bench/peer.hpp"
#include "bench/two_forms.hpp"
#include "cases/case.hpp"
#include "cli/options/select.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/bench/shapes.hpp"

namespace xent::cli {
namespace {

std::vector<bench::Shape> shapes(const BenchOptions& options) {
  if (!options.shapes.empty()) return shapes_of(options.shapes);
  if (options.batch.empty() != options.classes.empty())
    throw UsageError("--batch and --classes go together");
  if (options.batch.empty()) return bench::default_shapes;
  std::vector<bench::Shape> all;
  for (const auto batch : options.batch)
    for (const auto classes : options.classes) all.emplace_back(batch, classes);
  return all;
}

std::vector<const bench::Peer*> peers() {
  const auto all = bench::peers();
  if (all.empty()) throw UsageError("this build has no peers: configure with -DXENT_PEERS=ON");
  return {all.begin(), all.end()};
}

}  // namespace

bench::Plan plan_of(const BenchOptions& options) {
  bench::Plan plan;
  if (options.two_forms) {
    plan = bench::two_forms(options.gradient);
  } else {
    plan.implementations = select_implementations(options.implementations);
    plan.shapes = shapes(options);
    plan.dtypes = {the_dtype(options.dtype)};
    plan.forms = {the_target_kind(options.targets)};
    plan.gradient = options.gradient;
  }
  if (options.peers) plan.peers = peers();
  plan.threads = options.threads;
  plan.repetitions = options.repetitions;
  plan.min_time = options.min_time;
  cases::Recipe recipe;
  cases::read_family(options.family, recipe);
  plan.family = recipe.family;
  plan.scale = recipe.scale;
  plan.seed = options.seed;
  plan.instruction_set = the_instruction_set(options.instruction_set);
  return plan;
}

}  // namespace xent::cli
