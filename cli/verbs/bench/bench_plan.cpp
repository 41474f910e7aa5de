// SPDX-License-Identifier: MIT
// What the options of `xent bench` ask for, as a plan of the engine.

#include "cli/verbs/bench/bench_plan.hpp"

#include "bench/peer.hpp"
#include "bench/plans/two_forms.hpp"
#include "cases/case.hpp"
#include "cli/options/select.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/bench/shapes.hpp"

namespace xent::cli {
namespace {

std::vector<bench::Shape> shapes(const BenchOptions& options) {
  if (!options.shapes.empty()) return shapes_of(options.shapes, options.layout);
  if (options.batch.empty() != options.classes.empty())
    throw UsageError("--batch and --classes go together");
  std::vector<bench::Shape> all;
  if (options.batch.empty())
    for (const bench::Shape& one : bench::default_shapes)
      all.push_back(shape_of(one.rows, one.classes, options.layout));
  for (const auto batch : options.batch)
    for (const auto classes : options.classes)
      all.push_back(shape_of(batch, classes, options.layout));
  return all;
}

/// Throws UsageError where a form is asked for beside the two that --two-forms has.
void require_two_forms_alone(const BenchOptions& options) {
  const bool is_usual = to_string(form_of(options.form)) == to_string(bench::Form{});
  if (!is_usual || !options.layout.empty() || !options.reduction.empty())
    throw UsageError(
        "--two-forms has forms of its own: leave out --targets, --layout, --reduction and the "
        "options of the loss");
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
    require_two_forms_alone(options);
    plan = bench::two_forms(options.gradient);
  } else {
    plan.implementations = select_implementations(options.implementations);
    plan.shapes = shapes(options);
    plan.dtypes = {the_dtype(options.dtype)};
    plan.forms = {form_of(options.form)};
    plan.gradient = options.gradient;
    if (!options.reduction.empty()) plan.reduction = the_reduction(options.reduction);
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
