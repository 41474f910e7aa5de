// SPDX-License-Identifier: MIT
// Results that xent makes itself, audited.

#include "cli/verbs/audit/self_test/self_test.hpp"

#include <algorithm>
#include <cmath>

#include <xent/implementation.hpp>

#include "cli/verbs/audit/reduction_judge.hpp"
#include "cli/verbs/audit/self_test/self_test_problems.hpp"
#include "explain/formula/formula_results.hpp"
#include "explain/hypothesis.hpp"
#include "properties/drawing/scope.hpp"

namespace xent::cli {
namespace {

using explain::Doubt;
using explain::Hypothesis;
using explain::Variant;
using properties::why_outside;

/// Results as files of float32 have them.
struct Results {
  std::vector<float> loss, grad;
};

/// The problem beside these results.
Doubt doubt_of(const SelfTestProblem& problem, Results& results) {
  Doubt doubt;
  doubt.problem = AnyProblem(problem.made.problem());
  doubt.row_shape = problem.row_shape;
  doubt.results.loss = VectorView<float>{results.loss.data(), std::ssize(results.loss)};
  if (!results.grad.empty())
    doubt.results.grad = row_major(results.grad.data(), doubt.rows(), doubt.classes());
  return doubt;
}

/// The worse grade of loss and gradient.
Grade grade_of(const Doubt& doubt, int threads) {
  const ReductionJudgement found = judge_reduction(doubt.problem, doubt.results, {}, {},
                                                   {.limit = right_ulp, .threads = threads});
  Audit audit;
  for (ErrorStats reference::Judgement::*part :
       {&reference::Judgement::loss, &reference::Judgement::grad}) {
    AuditedQuantity quantity;
    quantity.errors = found.all.*part;
    if ((found.at_worst.*part).count != 0) quantity.at_worst = found.at_worst.*part;
    if (quantity.errors.count != 0) audit.quantities.push_back(quantity);
  }
  return grade_of(audit);
}

SelfTestLine audited(const SelfTestProblem& problem, Results& results, int threads) {
  const Doubt doubt = doubt_of(problem, results);
  SelfTestLine line;
  line.recipe = to_string(problem.made.recipe);
  line.grade = grade_of(doubt, threads);
  if (line.grade >= Grade::suspect)
    line.explanation = explain::explain(doubt, {.threads = threads});
  return line;
}

Results results_of(const Implementation& implementation, const SelfTestProblem& problem) {
  const Problem<float> given = problem.made.problem();
  const std::ptrdiff_t rows = given.logits.rows;
  Results results;
  results.loss.resize(static_cast<std::size_t>(loss_size(given.options.reduction, rows)));
  results.grad.resize(problem.made.logits.size());
  implementation.f32.kernel(given,
                            {.loss = {results.loss.data(), std::ssize(results.loss)},
                             .grad = row_major(results.grad.data(), rows, given.logits.cols)});
  return results;
}

Results planted(const explain::Formula& formula, const Doubt& given) {
  const explain::FormulaResults exact = explain::results_of(formula, given);
  return {{exact.loss.begin(), exact.loss.end()}, {exact.grad.begin(), exact.grad.end()}};
}

/// A value of a parameter that people might have: 0.3 off the neutral one where the results are
/// linear in it, else two thirds of the way between least and most, on a scale of ratios.
double planted_value(const explain::Parameter& parameter) {
  if (parameter.linear) return parameter.neutral + 0.3;
  return std::cbrt(parameter.least * parameter.most * parameter.most);
}

/// The line of a hypothesis: in the first problem in which it is named alone, else in the first in
/// which it is named in a tie, else in the last in which it was planted.
SelfTestLine line_of(const Hypothesis& hypothesis, const std::vector<SelfTestProblem>& problems,
                     int threads) {
  SelfTestLine best;
  for (const SelfTestProblem& problem : problems) {
    Results right = results_of(*find_implementation("simd"), problem);
    const Doubt given = doubt_of(problem, right);
    const std::vector<Variant> variants = hypothesis.variants(given);
    if (variants.empty()) continue;
    const Variant& variant = variants.front();
    explain::Formula formula;
    variant.plant(formula, variant.parameter ? planted_value(*variant.parameter) : 0);
    Results results = planted(formula, given);
    SelfTestLine line = audited(problem, results, threads);
    line.made = hypothesis.name;
    if (hypothesis.shows_in_16_bits) line.at_most = Grade::textbook;
    if (line.passed() && line.explanation.findings.size() == 1) return line;
    if (!best.passed()) best = line;
  }
  return best;
}

/// The line of an implementation: in the problem that it takes in which its grade is worst.
SelfTestLine line_of(const Implementation& implementation,
                     const std::vector<SelfTestProblem>& problems, int threads) {
  SelfTestLine worst;
  for (const SelfTestProblem& problem : problems) {
    const Contract<float>& contract = implementation.f32;
    if (why_outside({}, contract.domain, contract.offers, problem.made.recipe)) continue;
    Results results = results_of(implementation, problem);
    SelfTestLine line = audited(problem, results, threads);
    if (worst.recipe.empty() || line.grade > worst.grade) worst = line;
  }
  worst.made = implementation.name;
  // What promises nothing may be without the shift by the maximum, as naive is.
  worst.at_most = implementation.f32.tier == Tier::none ? Grade::suspect : Grade::textbook;
  return worst;
}

}  // namespace

bool SelfTestLine::passed() const {
  if (at_most) return grade <= *at_most;
  return grade >= Grade::suspect &&
         std::any_of(explanation.findings.begin(), explanation.findings.end(),
                     [&](const explain::Finding& one) { return one.name == made; });
}

std::vector<SelfTestLine> self_test(int threads) {
  const std::vector<SelfTestProblem> problems = self_test_problems();
  std::vector<SelfTestLine> lines;
  for (const Implementation* one : implementations())
    lines.push_back(line_of(*one, problems, threads));
  for (const Hypothesis* one : explain::hypotheses())
    lines.push_back(line_of(*one, problems, threads));
  return lines;
}

}  // namespace xent::cli
