// SPDX-License-Identifier: MIT
// The problem of an audit in words.

#include "cli/verbs/audit/problem_text.hpp"

#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "cli/problem/problem_options.hpp"

namespace xent::cli {
namespace {

/// "mean (assumed: name another with --reduction)".
std::string text_of(const AuditedReduction& reduction) {
  std::string_view why;
  if (reduction.from == "shape") why = " (by its shape)";
  if (reduction.from == "loss") why = " (as the loss)";
  if (reduction.from == "default") why = " (assumed: --reduction names another)";
  return std::string(to_string(reduction.is)) + std::string(why);
}

/// ", f32 numbers in f64" where the numbers of a result are of a narrower type than its file.
std::string text_of(const std::optional<Narrowing>& narrowing) {
  return narrowing ? fmt::format(", {} numbers in {}", to_string(narrowing->to),
                                 to_string(narrowing->from))
                   : "";
}

}  // namespace

std::string problem_text(const ProblemFiles& files, const Audited& audited) {
  const AnyProblem& problem = files.problem();
  std::string text = fmt::format("{} {}, {}", tensors::to_string(files.shape()),
                                 to_string(problem.logits.dtype), files.targets_name());
  if (files.shifts_labels()) text += " of the next token";
  if (problem.weight.data != nullptr) text += ", weighted";
  if (problem.row_weight.data != nullptr) text += ", rows weighted";
  if (problem.options.ignore_index)
    text += fmt::format(", {} ignored", *problem.options.ignore_index);
  if (const std::string numbers = numbers_text(problem.options); !numbers.empty())
    text += ", " + numbers;
  if (audited.negated) text += ", log-probabilities as losses, negated";
  if (audited.loss)
    text += ", loss: " + text_of(audited.loss_reduction) + text_of(audited.loss_narrowing);
  if (audited.grad)
    text += ", gradient: " + text_of(audited.grad_reduction) + text_of(audited.grad_narrowing);
  return text;
}

}  // namespace xent::cli
