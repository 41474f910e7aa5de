// SPDX-License-Identifier: MIT
// A problem against a domain, element by element.

#include "cli/verbs/eval/outside_domain.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "cli/problem/problem_options.hpp"

namespace xent::cli {
namespace {

bool has_only_minus_infinity(const AnyMatrix& logits, std::ptrdiff_t i) {
  for (std::ptrdiff_t j = 0; j < logits.cols(); ++j)
    if (!(logits(i, j) == -std::numeric_limits<double>::infinity())) return false;
  return true;
}

std::optional<std::string> outside(const Domain& domain, const AnyMatrix& logits) {
  const bool any = std::isinf(domain.min_logit) && std::isinf(domain.max_logit);
  if (any && domain.masked && domain.special) return std::nullopt;  // nothing to look for
  for (std::ptrdiff_t i = 0; i < logits.rows(); ++i) {
    for (std::ptrdiff_t j = 0; j < logits.cols(); ++j)
      if (!domain.holds_logit(logits(i, j)))
        return fmt::format("logit {} of row {}, class {}", logits(i, j), i, j);
    if (!domain.special && has_only_minus_infinity(logits, i))
      return fmt::format("row {}, whose logits are all -inf", i);
  }
  return std::nullopt;
}

std::optional<std::string> outside(const Domain& domain, const AnyTargets& targets) {
  if (std::isinf(domain.max_prob)) return std::nullopt;
  if (const auto* probs = std::get_if<AnyMatrix>(&targets))
    for (std::ptrdiff_t i = 0; i < probs->rows(); ++i)
      for (std::ptrdiff_t j = 0; j < probs->cols(); ++j)
        if (!domain.holds_prob((*probs)(i, j)))
          return fmt::format("probability {} of row {}, class {}", (*probs)(i, j), i, j);
  if (const auto* csr = std::get_if<AnyCsr>(&targets))
    for (std::ptrdiff_t k = 0; k < csr->probs.size; ++k)
      if (!domain.holds_prob(csr->probs[k]))
        return fmt::format("probability {} of csr", csr->probs[k]);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> outside_domain(const Domain& domain, const AnyProblem& problem) {
  if (problem.logits.cols() > domain.max_classes)
    return fmt::format("{} classes are more than {}", problem.logits.cols(), domain.max_classes);
  if (!domain.holds_options(problem.options)) return numbers_text(problem.options);
  const AnyVector& weight = problem.weight;
  for (std::ptrdiff_t j = 0; weight.data != nullptr && j < weight.size; ++j)
    if (!domain.holds_weight(weight[j])) return fmt::format("weight {} of class {}", weight[j], j);
  if (auto where = outside(domain, problem.targets)) return where;
  return outside(domain, problem.logits);
}

}  // namespace xent::cli
