// SPDX-License-Identifier: MIT
// xent eval: loss and gradient of tensors from files, by one implementation or by the reference.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/validate.hpp>

#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/options/thread_option.hpp"
#include "cli/outputs.hpp"
#include "cli/problem/checked_options.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/eval/computed.hpp"
#include "cli/verbs/eval/computed_files.hpp"
#include "cli/verbs/eval/loss_report.hpp"
#include "system/mapping.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {
namespace {

struct Options {
  ProblemOptions problem;
  ComputedPlaces out;
  std::string implementation, loss_dtype, instruction_set, json;
  std::vector<std::string> plugins;
  bool in_place = false;
  int threads = 0;

  bool by_reference() const { return implementation == reference_name; }
};

/// Throws UsageError where options do not go together or a name among them is not known.
void check(const Options& options) {
  if (options.by_reference() && !options.instruction_set.empty())
    throw UsageError("--instruction-set does not apply to the reference");
  if (!options.by_reference() && !options.out.log_softmax.empty())
    throw UsageError("--log-softmax-out needs --impl reference");
  if (!options.out.lse.empty() || !options.out.log_softmax.empty())
    require_input_of_logits(options.problem, "--lse-out and --log-softmax-out");
  require_dtypes({options.loss_dtype});
  if (options.in_place && (options.by_reference() || options.out.grad.empty()))
    throw UsageError("--in-place needs --grad-out and an implementation");
}

Places outputs_of(const Options& options) {
  Places all = places_of(options.out);
  all.push_back({"--json", options.json});
  if (options.out.loss.empty()) all.push_back(text_for_people(options.json));
  return all;
}

/// Of the loss: the type asked for, or that of the logits, of 16-bit logits f32.
DType loss_dtype(const Options& options, DType logits) {
  if (!options.loss_dtype.empty()) return the_dtype(options.loss_dtype);
  return logits == DType::f64 ? DType::f64 : DType::f32;
}

Computed compute(const Options& options, const ProblemFiles& files) {
  const DType dtype = files.problem().logits.dtype;
  const Wanted wanted{.loss_dtype = loss_dtype(options, dtype),
                      .grad = !options.out.grad.empty(),
                      .lse = !options.out.lse.empty(),
                      .log_softmax = !options.out.log_softmax.empty()};
  require_writable(options.out, files);
  if (options.by_reference())
    return compute_by_reference(files, wanted, threads_of(options.threads));
  const Execution execution{
      .threads = threads_of(options.threads),
      .instruction_set =
          find_instruction_set(the_instruction_set(options.instruction_set)).value()};
  if (const int had = available_threads(execution.threads); had < options.threads)
    system::tell(
        fmt::format("xent eval: note: {} thread{} instead of {}: the system gives no more\n", had,
                    had == 1 ? "" : "s", options.threads));
  return compute_by_implementation(the_implementation(options.implementation), files, wanted,
                                   options.in_place, execution);
}

int run(Options options) {
  validate_environment();
  open_plugins(options.plugins);
  options.implementation = the_evaluator(options.implementation);
  check(options);
  Outputs out(outputs_of(options), places_of(options.problem));
  const ProblemFiles files(options.problem);
  Computed computed = compute(options, files);
  if (is_negated(options.problem)) {
    negate(computed.loss);
    negate(computed.grad);
  }
  system::require_unchanged();  // before anything is printed
  write_computed(out, files, computed);
  if (options.out.loss.empty() && speaks(options.json)) fmt::print("{}", to_text(computed.loss));
  if (!options.json.empty())
    out.write_json("--json", to_json(computed.loss, options.implementation, files));
  out.commit();
  return exit_done;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  app.add_option("--impl", o->implementation,
                 "The implementation; xent list names them. reference: correctly rounded")
      ->required()
      ->type_name("NAME");
  add_plugins(app, o->plugins);
  add_problem(app, o->problem);
  app.add_option(
         "--loss-dtype", o->loss_dtype,
         "Type of the loss and the log-sum-exp, which an implementation computes in that of "
         "the logits and rounds once; without it that of the logits, of 16-bit logits f32")
      ->type_name("TYPE");
  app.add_option("--loss-out", o->out.loss, "Where the loss goes; without it, standard output")
      ->type_name("FILE");
  app.add_option("--grad-out", o->out.grad, "Where d loss / d logits goes; without it, none")
      ->type_name("FILE");
  app.add_option("--lse-out", o->out.lse, "Where the log-sum-exp of each row goes")
      ->type_name("FILE");
  app.add_option("--log-softmax-out", o->out.log_softmax,
                 "Where the log-softmax of each row goes, of the shape and the type of the logits; "
                 "of the reference only")
      ->type_name("FILE");
  app.add_flag("--in-place", o->in_place,
               "Compute the gradient in the memory of the logits; the results are the same");
  add_threads(app, o->threads);
  add_instruction_set(app, o->instruction_set);
  add_json(app, o->json, "The loss and what it is of");
  return [o](const std::string& /*command*/) { return run(*o); };
}

}  // namespace

extern const Verb verb_eval{
    .name = "eval",
    .summary = "Loss and gradient of tensors from files",
    .example =
        "xent eval --impl simd --logits logits.npy --labels labels.npy --reduction none "
        "--loss-out loss.npy",
    .define = define,
};

}  // namespace xent::cli
