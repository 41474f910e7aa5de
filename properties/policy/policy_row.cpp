// SPDX-License-Identifier: MIT
// A row of docs/policy.md as a problem, and whether it is one of a domain.

#include "properties/policy/policy_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cases/view_of.hpp"

namespace xent::properties {
namespace {

using cases::view_of;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::ptrdiff_t classes_of_empty = 2;

std::ptrdiff_t width(const Rows& rows) {
  return rows.empty() ? classes_of_empty : std::ssize(rows.front());
}

std::vector<double> flat(const Rows& rows) {
  std::vector<double> all;
  for (const auto& row : rows) all.insert(all.end(), row.begin(), row.end());
  return all;
}

std::vector<double> probs_of(const PolicyRow& row) {
  if (const auto* dense = std::get_if<Rows>(&row.targets)) return flat(*dense);
  if (const auto* csr = std::get_if<CsrRows>(&row.targets)) return csr->probs;
  return {};
}

template <class T>
std::vector<T> rounded(const std::vector<double>& numbers) {
  std::vector<T> result;
  result.reserve(numbers.size());
  for (const double number : numbers) result.push_back(static_cast<T>(number));
  return result;
}

bool all_finite(const std::vector<double>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
}

bool is_ignored(const PolicyRow& row, std::size_t i) {
  const auto* labels = std::get_if<std::vector<std::int64_t>>(&row.targets);
  return row.ignore && labels != nullptr && (*labels)[i] == *row.ignore;
}

Options options_of(const PolicyRow& row) {
  return {.reduction = row.reduction,
          .input = row.input,
          .kl_divergence = row.kl_divergence,
          .ignore_index = row.ignore,
          .label_smoothing = row.smoothing,
          .z_loss = row.z_loss,
          .temperature = row.temperature,
          .softcap = row.softcap,
          .clip = row.clip};
}

bool logits_lie_within(const std::vector<double>& logits, const Options& options,
                       const Domain& domain) {
  bool only_masked = true;
  for (const double x : logits) {
    only_masked = only_masked && x == -infinity;
    if (!domain.holds_logit(x, options)) return false;
  }
  return domain.special || !only_masked;
}

bool fits(const std::vector<double>& numbers, DType dtype) {
  const double largest = format_of(dtype).largest;
  return std::all_of(numbers.begin(), numbers.end(),
                     [=](double x) { return !std::isfinite(x) || std::fabs(x) <= largest; });
}

}  // namespace

bool lies_within(const PolicyRow& row, DType dtype, const Domain& domain) {
  if (row.results != DType::f64 && row.results != loss_dtype_of(dtype)) return false;
  for (const auto& numbers : {flat(row.logits), probs_of(row), row.weight, row.row_weight})
    if (!fits(numbers, dtype)) return false;
  for (std::size_t i = 0; i < row.logits.size(); ++i)
    if (!is_ignored(row, i) && !logits_lie_within(row.logits[i], options_of(row), domain))
      return false;
  const auto holds_weight = [&](double w) { return domain.holds_weight(w); };
  const auto holds_prob = [&](double q) { return domain.holds_prob(q); };
  if (!std::ranges::all_of(row.weight, holds_weight) ||
      !std::ranges::all_of(row.row_weight, holds_weight) ||
      !std::ranges::all_of(probs_of(row), holds_prob) || !domain.holds_options(options_of(row)))
    return false;
  return width(row.logits) <= domain.max_classes &&
         (domain.special ||
          (all_finite(probs_of(row)) && all_finite(row.weight) && all_finite(row.row_weight)));
}

template <class T>
PolicyProblem<T>::PolicyProblem(const PolicyRow& row)
    : logits_(rounded<T>(flat(row.logits))),
      probs_(rounded<T>(probs_of(row))),
      weight_(rounded<T>(row.weight)),
      row_weight_(rounded<LossOf<T>>(row.row_weight)) {
  problem_ = {
      .logits = row_major<const T>(logits_.data(), std::ssize(row.logits), width(row.logits)),
      .targets = {},
      .options = options_of(row),
      .weight = view_of(weight_),
      .row_weight = view_of(row_weight_)};
  if (const auto* dense = std::get_if<Rows>(&row.targets)) {
    problem_.targets = row_major<const T>(probs_.data(), std::ssize(*dense), width(*dense));
  } else if (const auto* csr = std::get_if<CsrRows>(&row.targets)) {
    offsets_ = csr->offsets;
    classes_ = csr->classes;
    problem_.targets = Csr<T>{view_of(offsets_), view_of(classes_), view_of(probs_)};
  } else {
    labels_ = std::get<std::vector<std::int64_t>>(row.targets);
    problem_.targets = view_of(labels_);
  }
}

#define XENT_INSTANTIATE(T) template class PolicyProblem<T>;
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::properties
