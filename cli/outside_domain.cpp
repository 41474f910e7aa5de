// SPDX-License-Identifier: MIT
// A problem against a domain, element by element.

#include "cli/outside_domain.hpp"

#include <cmath>

#include <fmt/format.h>

namespace xent::cli {
namespace {

bool holds_logit(const Domain& domain, double x) {
  if (std::isfinite(x)) return domain.min_logit <= x && x <= domain.max_logit;
  return x < 0 ? domain.masked : domain.special;
}

/// Whether it is 0, or no finite number, or of a magnitude in between.
bool holds_factor(double smallest, double largest, double factor) {
  const double size = std::fabs(factor);
  return size == 0 || !std::isfinite(size) || (smallest <= size && size <= largest);
}

std::optional<std::string> outside(const Domain& domain, const AnyMatrix& logits) {
  const bool any = std::isinf(domain.min_logit) && std::isinf(domain.max_logit);
  if (any && domain.masked && domain.special) return std::nullopt;  // nothing to look for
  for (std::ptrdiff_t i = 0; i < logits.rows(); ++i)
    for (std::ptrdiff_t j = 0; j < logits.cols(); ++j)
      if (!holds_logit(domain, logits(i, j)))
        return fmt::format("logit {} of row {}, class {}", logits(i, j), i, j);
  return std::nullopt;
}

std::optional<std::string> outside(const Domain& domain, const AnyTargets& targets) {
  if (std::isinf(domain.max_prob)) return std::nullopt;
  const auto inside = [&](double q) { return holds_factor(0, domain.max_prob, q); };
  if (const auto* probs = std::get_if<AnyMatrix>(&targets))
    for (std::ptrdiff_t i = 0; i < probs->rows(); ++i)
      for (std::ptrdiff_t j = 0; j < probs->cols(); ++j)
        if (!inside((*probs)(i, j)))
          return fmt::format("probability {} of row {}, class {}", (*probs)(i, j), i, j);
  if (const auto* csr = std::get_if<AnyCsr>(&targets))
    for (std::ptrdiff_t k = 0; k < csr->probs.size; ++k)
      if (!inside(csr->probs[k])) return fmt::format("probability {} of csr", csr->probs[k]);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> outside_domain(const Domain& domain, const AnyProblem& problem) {
  if (problem.logits.cols() > domain.max_classes)
    return fmt::format("{} classes are more than {}", problem.logits.cols(), domain.max_classes);
  if (!holds_factor(domain.min_smoothing, 1, problem.options.label_smoothing))
    return fmt::format("label smoothing {}", problem.options.label_smoothing);
  const AnyVector& weight = problem.weight;
  for (std::ptrdiff_t j = 0; weight.data != nullptr && j < weight.size; ++j)
    if (!holds_factor(domain.min_weight, domain.max_weight, weight[j]))
      return fmt::format("weight {} of class {}", weight[j], j);
  if (auto where = outside(domain, problem.targets)) return where;
  return outside(domain, problem.logits);
}

}  // namespace xent::cli
