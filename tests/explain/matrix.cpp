// SPDX-License-Identifier: MIT
#include "tests/explain/matrix.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cases/random.hpp"
#include "explain/explain.hpp"
#include "explain/fitting/claims.hpp"

namespace xent::tests {
namespace {

using explain::Formula;
using explain::Hypothesis;
using explain::Variant;

// A parameter that people might have.
double draw_parameter(const explain::Parameter& parameter, cases::Random& random) {
  const std::string_view symbol = parameter.symbol;
  if (symbol == "T") return random.one_in(2) ? random.uniform(0.3, 0.9) : random.uniform(1.2, 4);
  if (symbol == "c") return random.uniform(1, 6);
  if (symbol == "eps") return random.uniform(0.05, 0.5);
  if (symbol == "gamma") return random.uniform(0.5, 4);
  if (symbol == "clip") return random.uniform(0.003, 0.1);
  if (symbol == "epsilon") return random.uniform(0.001, 0.1);
  return random.uniform(0.01, 0.7) + (parameter.neutral == 1 ? 1 : 0);  // a factor, a coefficient
}

std::string name_of(const Hypothesis& hypothesis, const Hypothesis* reduction) {
  const std::string name(hypothesis.name);
  return reduction == nullptr ? name : name + " + " + std::string(reduction->name);
}

// Whether the results say by themselves what was planted.
bool is_identifiable(const explain::Doubt& doubt, const Hypothesis& hypothesis,
                     const Variant& variant, const Formula& formula, double parameter) {
  const explain::Given given(doubt, 1);
  if (!given.any_wrong()) return false;
  explain::Trial trial{.attempt = {.hypothesis = &hypothesis,
                                   .variant = variant,
                                   .variants = hypothesis.variants(doubt).size()}};
  if (variant.parameter) trial.fitted = explain::Fitted{.value = parameter};
  explain::Candidate candidate(formula, doubt);
  candidate.slack = 2;
  trial.tallies = tally_all(given, candidate);
  return claim_of(given, trial).sure;
}

template <class T>
MatrixRow try_of(const Hypothesis& hypothesis, const Hypothesis* reduction, const Plan& plan) {
  MatrixRow row{.planted = 1};
  Planted<T> planted(plan);
  planted.plant(Formula{});  // so that the doubt has what the plan has
  const std::vector<Variant> variants = hypothesis.variants(planted.doubt());
  if (variants.empty()) return row;
  cases::Random random(plan.recipe.seed, 17);
  const Variant& variant = variants[static_cast<std::size_t>(random.below(std::ssize(variants)))];
  const double parameter = variant.parameter ? draw_parameter(*variant.parameter, random) : 0;
  Formula formula;
  if (reduction != nullptr) reduction->variants(planted.doubt()).at(0).plant(formula, 0);
  variant.plant(formula, parameter);
  planted.plant(formula);
  const explain::Doubt doubt = planted.doubt();
  if (!is_identifiable(doubt, hypothesis, variant, formula, parameter)) return row;
  row.identifiable = 1;
  const std::string name = name_of(hypothesis, reduction);
  const auto found = explain::explain(doubt).findings;
  const auto it =
      std::ranges::find_if(found, [&](const explain::Finding& one) { return one.name == name; });
  if (it == found.end()) {
    ++row.else_named[found.empty() ? "" : found[0].name];
    return row;
  }
  if (variant.parameter && it->parameter &&
      std::abs(*it->parameter - parameter) > 0.01 * std::abs(parameter))
    row.wrong_parameter = 1;
  if (it->certainty == explain::Certainty::possible) row.possible = 1;
  if (it->certainty == explain::Certainty::explained) row.alone = 1;
  if (it->certainty != explain::Certainty::tie) return row;
  row.tied = 1;
  for (const explain::Finding& one : found)
    if (one.name != name) ++row.ties[one.name];
  return row;
}

}  // namespace

void MatrixRow::add(const MatrixRow& other) {
  planted += other.planted;
  identifiable += other.identifiable;
  alone += other.alone;
  tied += other.tied;
  possible += other.possible;
  wrong_parameter += other.wrong_parameter;
  for (const auto& [name, count] : other.ties) ties[name] += count;
  for (const auto& [name, count] : other.else_named) else_named[name] += count;
}

MatrixRow try_plan(const Hypothesis& hypothesis, const Plan& plan) {
  switch (plan.recipe.dtype) {
    case DType::f64: return try_of<double>(hypothesis, nullptr, plan);
    case DType::bf16: return try_of<bf16>(hypothesis, nullptr, plan);
    default: return try_of<float>(hypothesis, nullptr, plan);
  }
}

MatrixRow try_pair(const Hypothesis& hypothesis, const Hypothesis& reduction, Plan plan) {
  plan.recipe.reduction = Reduction::mean;
  plan.with_grad = true;
  plan.row_shape = {plan.recipe.rows / 4, 4};
  return try_of<float>(hypothesis, &reduction, plan);
}

std::string to_text(const std::string& name, const MatrixRow& row) {
  std::string text =
      fmt::format("{:24} {:4} {:4} {:4} {:4} {:4} {:4} ", name, row.planted, row.identifiable,
                  row.alone, row.tied, row.possible, row.wrong_parameter);
  for (const auto& [other, count] : row.ties) text += fmt::format(" ={} {}", other, count);
  for (const auto& [other, count] : row.else_named)
    text += fmt::format(" !{} {}", other.empty() ? "nobody" : other, count);
  return text;
}

}  // namespace xent::tests
