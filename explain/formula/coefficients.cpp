// SPDX-License-Identifier: MIT
// Reads the targets of a row and makes its coefficients.
#include "explain/formula/coefficients.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace xent::explain {
namespace {

// Calls f(j, q_j) for the targets of row i that are not 0.
template <class F>
void for_each_target(const Doubt& doubt, std::ptrdiff_t i, F f) {
  if (const auto* csr = std::get_if<AnyCsr>(&doubt.problem.targets)) {
    for (std::int64_t k = csr->offsets[i]; k < csr->offsets[i + 1]; ++k)
      f(static_cast<std::ptrdiff_t>(csr->classes[k]), csr->probs[k]);
  } else if (const auto* probs = std::get_if<AnyMatrix>(&doubt.problem.targets)) {
    for (std::ptrdiff_t j = 0; j < probs->cols(); ++j)
      if (const double q = (*probs)(i, j); q != 0) f(j, q);
  }
}

double given_weight(const Doubt& doubt, std::ptrdiff_t j) {
  return doubt.has_weight() ? doubt.problem.weight[j] : 1;
}

}  // namespace

Target given_target(const Doubt& doubt, std::ptrdiff_t i) {
  const auto of = [&](auto label) {
    if (doubt.problem.options.ignore_index == label) return Target{Target::Kind::ignored};
    return Target{Target::Kind::label, static_cast<std::ptrdiff_t>(label)};
  };
  if (const auto* wide = std::get_if<Labels<std::int64_t>>(&doubt.problem.targets))
    return of((*wide)[i]);
  if (const auto* narrow = std::get_if<Labels<std::int32_t>>(&doubt.problem.targets))
    return of(std::int64_t{(*narrow)[i]});
  return {Target::Kind::soft};
}

double term_weight(const Formula& formula, const Doubt& doubt, std::ptrdiff_t j) {
  const double w = given_weight(doubt, j);
  switch (formula.weighing) {
    case Weighing::absent: return 1;
    case Weighing::squared:
    case Weighing::twice: return w * w;
    case Weighing::given:
    case Weighing::of_label: break;
  }
  return w;
}

double row_weight(const Doubt& doubt, std::ptrdiff_t i) {
  return doubt.has_row_weight() ? doubt.problem.row_weight[i] : 1;
}

double divisor_weight(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i) {
  const Target target = formula.target ? formula.target(doubt, i) : given_target(doubt, i);
  const auto weight = [&](std::ptrdiff_t j) {
    const double w = given_weight(doubt, j);
    return formula.weighing == Weighing::absent    ? 1
           : formula.weighing == Weighing::squared ? w * w
                                                   : w;
  };
  if (target.kind == Target::Kind::label) return weight(target.label);
  double sum = 0;
  if (target.kind == Target::Kind::soft)
    for_each_target(doubt, i, [&](std::ptrdiff_t j, double q) { sum += weight(j) * q; });
  return sum;
}

void take_coefficients(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row) {
  row.target = formula.target ? formula.target(doubt, i) : given_target(doubt, i);
  row.v = formula.weighs_rows ? row_weight(doubt, i) : 1;
  row.c.assign(row.x.size(), 0);
  row.total = row.mass = row.count = 0;
  const bool labelled = row.target.kind == Target::Kind::label;
  if (!labelled && row.target.kind != Target::Kind::soft) return;
  const double eps = doubt.problem.options.label_smoothing;
  const double keep = formula.keep.value_or(1 - eps);
  const double share = formula.share.value_or(eps / static_cast<double>(doubt.classes()));
  if (share != 0) std::ranges::fill(row.c, share);
  const auto at = [&](std::ptrdiff_t j) -> double& { return row.c[static_cast<std::size_t>(j)]; };
  if (labelled)
    at(row.target.label) += keep;
  else
    for_each_target(doubt, i, [&](std::ptrdiff_t j, double q) { at(j) += keep * q; });
  const bool of_label = formula.weighing == Weighing::of_label && labelled;
  const double w_label = of_label ? term_weight(formula, doubt, row.target.label) : 1;
  for (std::ptrdiff_t j = 0; j < doubt.classes(); ++j) {
    if (at(j) == 0) continue;
    at(j) *= row.v;
    if (doubt.has_weight()) at(j) *= of_label ? w_label : term_weight(formula, doubt, j);
    row.total += at(j);
    row.mass += std::abs(at(j));
    ++row.count;
  }
}

}  // namespace xent::explain
