// SPDX-License-Identifier: MIT
// Logits against a domain, element by element.

#include "cli/outside_domain.hpp"

#include <cmath>

#include <fmt/format.h>

namespace xent::cli {
namespace {

template <class T>
bool outside(const Domain& domain, T x) {
  if (std::isfinite(x)) {
    const auto value = static_cast<double>(x);
    return value < domain.min_logit || value > domain.max_logit;
  }
  return x < 0 ? !domain.masked : !domain.special;
}

}  // namespace

template <class T>
std::optional<std::string> outside_domain(const Domain& domain, const MatrixView<const T>& logits) {
  if (logits.cols > domain.max_classes)
    return fmt::format("{} classes are more than {}", logits.cols, domain.max_classes);
  const bool any = std::isinf(domain.min_logit) && std::isinf(domain.max_logit);
  if (any && domain.masked && domain.special) return std::nullopt;  // nothing to look for
  for (std::ptrdiff_t i = 0; i < logits.rows; ++i)
    for (std::ptrdiff_t j = 0; j < logits.cols; ++j)
      if (outside(domain, logits(i, j)))
        return fmt::format("logit {} of row {}, class {}", logits(i, j), i, j);
  return std::nullopt;
}

template std::optional<std::string> outside_domain(const Domain&, const MatrixView<const float>&);
template std::optional<std::string> outside_domain(const Domain&, const MatrixView<const double>&);

}  // namespace xent::cli
