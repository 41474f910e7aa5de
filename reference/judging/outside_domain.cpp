// SPDX-License-Identifier: MIT
// A problem against a domain, element by element.

#include "reference/judging/outside_domain.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

namespace xent::reference {
namespace {

/// The options that are numbers and used: "label smoothing 0.1, temperature 2".
std::string numbers_text(const Options& options) {
  std::string text;
  const auto add = [&](std::string_view name, double number) {
    for (text += text.empty() ? "" : ", "; const char letter : name)
      text += letter == '_' ? ' ' : letter;
    text += fmt::format(" {}", number);
  };
#define XENT_OPTION(name, ...) \
  if (options.name != 0) add(#name, options.name);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return text;
}

/// What lies outside and is of every row.
std::optional<std::string> outside_everywhere(const Domain& domain, const AnyProblem& problem) {
  if (problem.logits.cols() > domain.max_classes)
    return fmt::format("{} classes are more than {}", problem.logits.cols(), domain.max_classes);
  if (!domain.holds_options(problem.options)) return numbers_text(problem.options);
  const AnyVector& weight = problem.weight;
  for (std::ptrdiff_t j = 0; weight.data != nullptr && j < weight.size; ++j)
    if (!domain.holds_weight(weight[j])) return fmt::format("weight {} of class {}", weight[j], j);
  return std::nullopt;
}

bool has_only_minus_infinity(const AnyMatrix& logits, std::ptrdiff_t i) {
  for (std::ptrdiff_t j = 0; j < logits.cols(); ++j)
    if (!(logits(i, j) == -std::numeric_limits<double>::infinity())) return false;
  return true;
}

std::optional<std::string> logit_outside(const Domain& domain, const AnyProblem& problem,
                                         std::ptrdiff_t i) {
  const AnyMatrix& logits = problem.logits;
  const bool any = std::isinf(domain.min_logit) && std::isinf(domain.max_logit);
  if (any && domain.masked && domain.special) return std::nullopt;  // nothing to look for
  for (std::ptrdiff_t j = 0; j < logits.cols(); ++j)
    if (!domain.holds_logit(logits(i, j), problem.options))
      return fmt::format("logit {} of row {}, class {}", logits(i, j), i, j);
  if (!domain.special && has_only_minus_infinity(logits, i))
    return fmt::format("row {}, whose logits are all -inf", i);
  return std::nullopt;
}

std::optional<std::string> prob_outside(const Domain& domain, const AnyTargets& targets,
                                        std::ptrdiff_t i) {
  if (std::isinf(domain.max_prob)) return std::nullopt;
  const auto text = [&](double prob, std::ptrdiff_t j) {
    return fmt::format("probability {} of row {}, class {}", prob, i, j);
  };
  if (const auto* probs = std::get_if<AnyMatrix>(&targets))
    for (std::ptrdiff_t j = 0; j < probs->cols(); ++j)
      if (!domain.holds_prob((*probs)(i, j))) return text((*probs)(i, j), j);
  if (const auto* csr = std::get_if<AnyCsr>(&targets))
    for (std::ptrdiff_t k = csr->offsets[i]; k < csr->offsets[i + 1]; ++k)
      if (!domain.holds_prob(csr->probs[k])) return text(csr->probs[k], csr->classes[k]);
  return std::nullopt;
}

std::optional<std::string> row_outside(const Domain& domain, const AnyProblem& problem,
                                       std::ptrdiff_t i) {
  if (problem.row_weight.data != nullptr && !domain.holds_weight(problem.row_weight[i]))
    return fmt::format("weight {} of row {}", problem.row_weight[i], i);
  if (auto where = prob_outside(domain, problem.targets, i)) return where;
  return logit_outside(domain, problem, i);
}

}  // namespace

std::optional<std::string> outside_domain(const Domain& domain, const AnyProblem& problem) {
  if (auto where = outside_everywhere(domain, problem)) return where;
  for (std::ptrdiff_t i = 0; i < problem.logits.rows(); ++i)
    if (auto where = row_outside(domain, problem, i)) return where;
  return std::nullopt;
}

OutsideRows rows_outside(const Domain& domain, const AnyProblem& problem) {
  OutsideRows outside;
  if (auto where = outside_everywhere(domain, problem)) {
    outside.first = *where;
    outside.rows.resize(static_cast<std::size_t>(problem.logits.rows()));
    std::iota(outside.rows.begin(), outside.rows.end(), 0);
    return outside;
  }
  for (std::ptrdiff_t i = 0; i < problem.logits.rows(); ++i)
    if (auto where = row_outside(domain, problem, i)) {
      if (outside.rows.empty()) outside.first = *where;
      outside.rows.push_back(i);
    }
  return outside;
}

}  // namespace xent::reference
