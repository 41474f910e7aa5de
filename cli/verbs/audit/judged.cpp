// SPDX-License-Identifier: MIT
// Results from files, judged by the reference.

#include "cli/verbs/audit/judged.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "cli/options/select.hpp"
#include "cli/progress.hpp"
#include "cli/verbs/audit/audit_findings.hpp"
#include "cli/verbs/audit/problem_text.hpp"
#include "cli/verbs/audit/reduction_judge.hpp"

namespace xent::cli {
namespace {

using reference::Judgement;
using reference::OutsideRows;

/// The results that are of that reduction.
AnyOutputs results_of(Reduction reduction, const ProblemFiles& files, const Audited& audited) {
  AnyOutputs got;
  if (audited.loss && audited.loss_reduction.is == reduction) got.loss = elements_of(*audited.loss);
  if (audited.grad && audited.grad_reduction.is == reduction)
    got.grad = files.matrix(*audited.grad);
  if (audited.lse && reduction == Reduction::none) got.lse = elements_of(*audited.lse);
  return got;
}

bool is_empty(const AnyOutputs& got) {
  return got.loss.data == nullptr && got.grad.data == nullptr && got.lse.data == nullptr;
}

/// A quantity: its name, its place in the text, and its member of a judgement.
struct Part {
  const char* name;
  int place;
  ErrorStats Judgement::*member;
};
constexpr Part loss_part{"loss", 0, &Judgement::loss};
constexpr Part grad_part{"grad", 1, &Judgement::grad};
constexpr Part label_part{"grad_at_label", 2, &Judgement::grad_at_label};
constexpr Part lse_part{"lse", 3, &Judgement::lse};
constexpr Part log_softmax_part{"log_softmax", 4, &Judgement::log_softmax};

/// Makes the quantities of an audit of what the reference found.
class Quantities {
 public:
  Quantities(const AnyMatrix& logits, const std::string& ulp_of)
      : logits_(logits), ulp_of_(ulp_of) {}

  void add(const Part& part, const tensors::Tensor& of,
           const std::optional<AuditedReduction>& reduction, const ReductionJudgement& found) {
    const std::string dtype(tensors::to_string(of.element()));
    AuditedQuantity& quantity = made_[part.place];
    quantity = {.name = part.name,
                .dtype = dtype,
                .ulp_of = ulp_of_.empty() ? dtype : ulp_of_,
                .errors = found.all.*part.member,
                .outside = found.outside.*part.member};
    if ((found.at_worst.*part.member).count != 0) quantity.at_worst = found.at_worst.*part.member;
    if (reduction) {
      quantity.reduction = to_string(reduction->is);
      quantity.reduction_from = reduction->from;
    }
    quantity.findings = findings_of(quantity, logits_);
  }

  std::vector<AuditedQuantity> in_order() {
    std::vector<AuditedQuantity> all;
    for (auto& [place, quantity] : made_) all.push_back(std::move(quantity));
    return all;
  }

 private:
  const AnyMatrix& logits_;
  const std::string& ulp_of_;
  std::map<int, AuditedQuantity> made_;
};

/// The type of a result, that of `ulp_of` where it is not ""; f64 where there is none.
DType type_of(const std::optional<tensors::Tensor>& tensor, const std::string& ulp_of) {
  return !ulp_of.empty() ? the_dtype(ulp_of) : tensor ? *tensor->dtype() : DType::f64;
}

/// The types of the results.
TextbookUse use_of(const Audited& audited, const std::string& ulp_of) {
  return {.loss = type_of(audited.loss, ulp_of),
          .grad = type_of(audited.grad, ulp_of),
          .lse = type_of(audited.lse, ulp_of)};
}

/// The rows outside the domain of the narrowest arithmetic of the results.
OutsideRows not_covered(const TextbookUse& use, DType log_softmax, const AnyProblem& problem) {
  for (const DType type : {use.loss, use.grad, use.lse, log_softmax})
    if (arithmetic_of(type) == DType::f32)
      return reference::rows_outside(textbook_domain(DType::f32), problem);
  return reference::rows_outside(textbook_domain(DType::f64), problem);
}

}  // namespace

Audit judged(const ProblemFiles& files, const Audited& audited, const std::string& ulp_of,
             reference::JudgeOptions options) {
  Progress progress;
  const auto all = static_cast<std::size_t>(files.problem().logits.rows());
  options.done = [&](auto done) { progress.show("row", static_cast<std::size_t>(done), all); };
  if (!ulp_of.empty()) options.ulp_of = format_of(the_dtype(ulp_of));
  const TextbookUse use = use_of(audited, ulp_of);
  const DType log_softmax = type_of(audited.log_softmax, ulp_of);
  const OutsideRows outside = not_covered(use, log_softmax, files.problem());
  Audit audit;
  audit.problem = problem_text(files, audited);
  audit.input = files.problem().options.input;
  audit.first_outside = outside.first;
  Quantities quantities(files.problem().logits, ulp_of);
  for (const Reduction reduction : all_reductions) {
    AnyProblem problem = files.problem();
    problem.options.reduction = reduction;
    const AnyOutputs got = results_of(reduction, files, audited);
    if (is_empty(got)) continue;
    const ReductionJudgement found = judge_reduction(problem, got, outside, use, options);
    if (got.loss.data != nullptr)
      quantities.add(loss_part, *audited.loss, audited.loss_reduction, found);
    if (got.grad.data != nullptr)
      quantities.add(grad_part, *audited.grad, audited.grad_reduction, found);
    if (found.all.grad_at_label.count != 0)
      quantities.add(label_part, *audited.grad, audited.grad_reduction, found);
    if (got.lse.data != nullptr) quantities.add(lse_part, *audited.lse, std::nullopt, found);
  }
  if (audited.log_softmax) {
    AnyProblem problem = files.problem();
    problem.options.reduction = Reduction::none;
    AnyOutputs got;
    got.log_softmax = files.matrix(*audited.log_softmax);
    const TextbookUse as_loss{.loss = log_softmax};
    quantities.add(log_softmax_part, *audited.log_softmax, std::nullopt,
                   judge_reduction(problem, got, outside, as_loss, options));
  }
  audit.quantities = quantities.in_order();
  return audit;
}

}  // namespace xent::cli
