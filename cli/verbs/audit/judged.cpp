// SPDX-License-Identifier: MIT
// Results from files, judged by the reference.

#include "cli/verbs/audit/judged.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/options/select.hpp"
#include "cli/problem/problem_options.hpp"
#include "cli/progress.hpp"

namespace xent::cli {
namespace {

/// The results that are of that reduction.
AnyOutputs results_of(Reduction reduction, const ProblemFiles& files, const Audited& audited) {
  AnyOutputs got;
  if (audited.loss && audited.loss_reduction.is == reduction) got.loss = elements_of(*audited.loss);
  if (audited.grad && audited.grad_reduction.is == reduction)
    got.grad = files.matrix(*audited.grad);
  if (audited.lse && reduction == Reduction::none) got.lse = elements_of(*audited.lse);
  return got;
}

/// All results, those of one reduction together.
reference::Judgement judge(const ProblemFiles& files, const Audited& audited,
                           const reference::JudgeOptions& options) {
  reference::Judgement all;
  for (const Reduction reduction : all_reductions) {
    AnyProblem problem = files.problem();
    problem.options.reduction = reduction;
    const AnyOutputs got = results_of(reduction, files, audited);
    const bool loss = got.loss.data != nullptr;
    const bool grad = got.grad.data != nullptr;
    const bool lse = got.lse.data != nullptr;
    if (!loss && !grad && !lse) continue;
    const reference::Judgement found = reference::judge(problem, got, {}, options);
    if (loss) all.loss = found.loss;
    if (grad) all.grad = found.grad;
    if (grad) all.grad_at_label = found.grad_at_label;
    if (lse) all.lse = found.lse;
  }
  return all;
}

/// "mean (assumed: name another with --reduction)".
std::string text_of(const AuditedReduction& reduction) {
  std::string_view why;
  if (reduction.from == "shape") why = " (by its shape)";
  if (reduction.from == "loss") why = " (as the loss)";
  if (reduction.from == "default") why = " (assumed: --reduction names another)";
  return std::string(to_string(reduction.is)) + std::string(why);
}

/// "[600, 10] f32, labels, loss: none (by its shape)".
std::string describe(const ProblemFiles& files, const Audited& audited) {
  const AnyProblem& problem = files.problem();
  std::string text = fmt::format("{} {}, {}", tensors::to_string(files.shape()),
                                 to_string(problem.logits.dtype), files.targets_name());
  if (problem.weight.data != nullptr) text += ", weighted";
  if (problem.options.ignore_index)
    text += fmt::format(", {} ignored", *problem.options.ignore_index);
  if (const std::string numbers = numbers_text(problem.options); !numbers.empty())
    text += ", " + numbers;
  if (audited.loss) text += ", loss: " + text_of(audited.loss_reduction);
  if (audited.grad) text += ", gradient: " + text_of(audited.grad_reduction);
  return text;
}

}  // namespace

Audit judged(const ProblemFiles& files, const Audited& audited, const std::string& ulp_of,
             reference::JudgeOptions options) {
  Progress progress;
  const auto all = static_cast<std::size_t>(files.problem().logits.rows());
  options.done = [&](auto done) { progress.show("row", static_cast<std::size_t>(done), all); };
  if (!ulp_of.empty()) options.ulp_of = format_of(the_dtype(ulp_of));
  const reference::Judgement found = judge(files, audited, options);
  Audit audit{.problem = describe(files, audited), .quantities = {}, .limit = {}};
  const auto add = [&](const char* name, const tensors::Tensor& of,
                       const AuditedReduction* reduction, const ErrorStats& errors) {
    const std::string dtype(tensors::to_string(of.element()));
    AuditedQuantity quantity{
        .name = name, .dtype = dtype, .ulp_of = ulp_of.empty() ? dtype : ulp_of, .errors = errors};
    if (reduction != nullptr) {
      quantity.reduction = to_string(reduction->is);
      quantity.reduction_from = reduction->from;
    }
    audit.quantities.push_back(std::move(quantity));
  };
  if (audited.loss) add("loss", *audited.loss, &audited.loss_reduction, found.loss);
  if (audited.grad) add("grad", *audited.grad, &audited.grad_reduction, found.grad);
  if (found.grad_at_label.count != 0)
    add("grad_at_label", *audited.grad, &audited.grad_reduction, found.grad_at_label);
  if (audited.lse) add("lse", *audited.lse, nullptr, found.lse);
  return audit;
}

}  // namespace xent::cli
