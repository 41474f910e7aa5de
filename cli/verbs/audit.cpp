// SPDX-License-Identifier: MIT
// xent audit: results computed by anything, judged against the certified reference.

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/output_file.hpp>
#include <xent/validate.hpp>

#include "cli/audit_report.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/problem_files.hpp"
#include "cli/progress.hpp"
#include "cli/select.hpp"
#include "cli/verb.hpp"
#include "reference/judge.hpp"

namespace xent::cli {
namespace {

struct Options {
  ProblemOptions problem;
  std::string loss, grad, lse, ulp_of, json;
  std::optional<double> max_ulp;
  int threads = 0;
};

/// The results, as tensors that may be absent.
struct Audited {
  std::optional<cases::Tensor> loss;
  std::optional<cases::Tensor> grad;
  std::optional<cases::Tensor> lse;
  Reduction loss_reduction = Reduction::mean;
  Reduction grad_reduction = Reduction::mean;
};

/// A loss of the rows' shape is that of each row; a gradient is of the reduction named, or else of
/// what the loss is.
Audited read_results(const Options& options, const ProblemFiles& files) {
  Audited audited;
  const Reduction named = files.problem().options.reduction;
  audited.loss_reduction = audited.grad_reduction = named;
  if (!options.loss.empty()) {
    audited.loss = read_numbers(options.loss, "");
    const Shape& shape = audited.loss->shape;
    const bool of_rows = shape == files.row_shape() && !shape.empty();
    const bool of_one_row = shape.empty() && files.row_shape().empty() && named == Reduction::none;
    if (of_rows) audited.loss_reduction = Reduction::none;
    if (!of_rows && !of_one_row && (audited.loss->size() != 1 || named == Reduction::none))
      throw FileError(
          options.loss,
          fmt::format("has the shape {}; losses of the rows are {}, a mean or a sum one "
                      "number",
                      to_string(shape), to_string(files.row_shape())));
    if (options.problem.reduction.empty()) audited.grad_reduction = audited.loss_reduction;
  }
  if (!options.grad.empty()) {
    audited.grad = read_matrix(options.grad, options.problem.logits_dtype);
    if (audited.grad->shape != files.shape())
      throw FileError(options.grad,
                      fmt::format("has the shape {}, the logits {}", to_string(audited.grad->shape),
                                  to_string(files.shape())));
  }
  if (!options.lse.empty()) {
    audited.lse = read_numbers(options.lse, "");
    if (audited.lse->shape != files.row_shape())
      throw FileError(options.lse,
                      fmt::format("has the shape {}, the rows {}", to_string(audited.lse->shape),
                                  to_string(files.row_shape())));
  }
  return audited;
}

/// One quantity or both, of one reduction.
reference::Judgement judge(const Options& options, const ProblemFiles& files,
                           const std::string& command, Reduction reduction,
                           const cases::Tensor* loss, const cases::Tensor* grad,
                           const cases::Tensor* lse = nullptr) {
  AnyProblem problem = files.problem();
  problem.options.reduction = reduction;
  AnyOutputs got;
  if (loss != nullptr) got.loss = elements_of(*loss);
  if (grad != nullptr) got.grad = files.matrix(*grad);
  if (lse != nullptr) got.lse = elements_of(*lse);
  reference::JudgeOptions judging{.case_id = options.problem.logits, .command = command};
  if (!options.ulp_of.empty()) judging.ulp_of = format_of(the_dtype(options.ulp_of));
  judging.threads = threads_of(options.threads);
  Progress progress;
  const std::ptrdiff_t rows = problem.logits.rows();
  judging.done = [&](auto done) { progress.show(fmt::format("row {} of {}", done, rows)); };
  return reference::judge(problem, got, {}, judging);
}

std::string describe(const ProblemFiles& files, const Audited& audited) {
  const AnyProblem& problem = files.problem();
  std::string text = fmt::format("{} {}, {}", to_string(files.shape()),
                                 to_string(problem.logits.dtype), files.targets_name());
  if (problem.weight.data != nullptr) text += ", weighted";
  if (problem.options.ignore_index)
    text += fmt::format(", {} ignored", *problem.options.ignore_index);
  if (problem.options.label_smoothing != 0)
    text += fmt::format(", label smoothing {}", problem.options.label_smoothing);
  if (audited.loss) text += fmt::format(", loss: {}", to_string(audited.loss_reduction));
  if (audited.grad) text += fmt::format(", gradient: {}", to_string(audited.grad_reduction));
  return text;
}

Audit audit(const Options& options, const std::string& command) {
  const ProblemFiles files(options.problem);
  const Audited audited = read_results(options, files);
  const cases::Tensor* loss = audited.loss ? &*audited.loss : nullptr;
  const cases::Tensor* grad = audited.grad ? &*audited.grad : nullptr;
  reference::Judgement found;
  if (loss != nullptr && grad != nullptr && audited.loss_reduction == audited.grad_reduction) {
    found = judge(options, files, command, audited.loss_reduction, loss, grad);
  } else {
    if (grad != nullptr)
      found = judge(options, files, command, audited.grad_reduction, nullptr, grad);
    if (loss != nullptr)
      found.loss = judge(options, files, command, audited.loss_reduction, loss, nullptr).loss;
  }
  const cases::Tensor* lse = audited.lse ? &*audited.lse : nullptr;
  if (lse != nullptr)
    found.lse = judge(options, files, command, Reduction::none, nullptr, nullptr, lse).lse;
  Audit result{.problem = describe(files, audited), .quantities = {}, .limit = options.max_ulp};
  const auto add = [&](const std::string& name, const cases::Tensor& of, const ErrorStats& errors) {
    const std::string dtype(cases::to_string(of.element()));
    result.quantities.push_back({.name = name,
                                 .dtype = dtype,
                                 .ulp_of = options.ulp_of.empty() ? dtype : options.ulp_of,
                                 .errors = errors});
  };
  if (loss != nullptr) add("loss", *loss, found.loss);
  if (grad != nullptr) add("grad", *grad, found.grad);
  if (found.grad_at_label.count != 0) add("grad_at_label", *grad, found.grad_at_label);
  if (lse != nullptr) add("lse", *lse, found.lse);
  return result;
}

int run(const Options& options, const std::string& command) {
  if (options.loss.empty() && options.grad.empty() && options.lse.empty())
    throw UsageError("give --loss, --grad or --lse");
  if (options.max_ulp && !(*options.max_ulp >= 0))
    throw UsageError(fmt::format("--max-ulp {} is not at least 0", *options.max_ulp));
  validate_environment();
  const Audit found = audit(options, command);
  if (speaks(options.json)) fmt::print("{}", to_text(found));
  if (!options.json.empty()) write_json(options.json, to_json(found));
  return verdict_of(found) == Verdict::passed ? exit_done : exit_check_failed;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  add_problem(app, o->problem);
  app.add_option("--loss", o->loss,
                 "The losses of the rows, or one number: the reduction named (mean unless told)")
      ->type_name("FILE");
  app.add_option("--grad", o->grad, "The gradient, of the shape of the logits")->type_name("FILE");
  app.add_option("--lse", o->lse, "The log-sum-exp of each row")->type_name("FILE");
  app.add_option("--max-ulp", o->max_ulp, "The largest error that passes; without it, none fails")
      ->type_name("U");
  app.add_option("--ulp-of", o->ulp_of,
                 "Element type whose ulp is meant; without it, that of the results")
      ->type_name("TYPE");
  add_threads(app, o->threads);
  add_json(app, o->json, "What was found");
  return [o](const std::string& command) { return run(*o, command); };
}

}  // namespace

extern const Verb verb_audit{
    .name = "audit",
    .summary = "Judges losses and gradients computed by anything",
    .example = "xent audit --logits logits.npy --labels labels.npy --loss loss.npy --max-ulp 3",
    .define = define,
};

}  // namespace xent::cli
