// SPDX-License-Identifier: MIT
#include "explain/fitting/fit.hpp"

#include <algorithm>
#include <cmath>

#include "explain/fitting/probe.hpp"
#include "explain/fitting/roots.hpp"

namespace xent::explain {
namespace {

constexpr std::size_t most_rows = 13, few_rows = 4;  // whose own values are computed
constexpr std::size_t most_candidates = 16;          // that are tried on the whole sample
constexpr std::ptrdiff_t many_classes = 4096;        // from which few rows have to do
constexpr int points_of_all = 9;  // where each point takes a pass over all logits

Candidate planted(const Given& given, const Variant& variant, const Formula& base, double value) {
  Formula formula = base;
  variant.plant(formula, value);
  Candidate candidate(formula, given.doubt());
  candidate.slack = 2;
  return candidate;
}

// The distance of the quartiles of the rows' own values near that one.
double spread_near(double value, const std::vector<Own>& own) {
  std::vector<double> near;
  for (const Own& one : own)
    if (std::abs(one.value - value) <= 0.2 * std::abs(value)) near.push_back(one.value);
  if (near.size() < 2) return 0;
  std::ranges::sort(near);
  return near[near.size() * 3 / 4] - near[near.size() / 4];
}

// The middle of the values that the rows have in common, beginning with that one's: each row leaves
// an interval open, and one that has nothing in common with the others is left out.
double common_with(const Own& first, const std::vector<Own>& own) {
  double least = first.value - first.uncertain;
  double most = first.value + first.uncertain;
  for (const Own& one : own) {
    const double low = std::max(least, one.value - one.uncertain);
    const double high = std::min(most, one.value + one.uncertain);
    if (low > high) continue;
    least = low;
    most = high;
  }
  return (least + most) / 2;
}

// More rows, and of as many the smaller deviations.
double score(const Tallies& tallies) {
  double sum = 0;
  for (const Tally& tally : tallies)
    sum += static_cast<double>(tally.explained) - tally.squares / (1 + tally.squares);
  return sum;
}

}  // namespace

std::optional<Fitted> fit_to_rows(const Given& given, const Sample& sample, const Variant& variant,
                                  const Formula& base) {
  const Parameter& parameter = *variant.parameter;
  std::vector<Own> all;
  std::size_t rows = 0;
  const std::size_t enough = given.doubt().classes() < many_classes ? most_rows : few_rows;
  for (const std::ptrdiff_t i : sample.rows()) {
    Probe probe(given, i, planted(given, variant, base, parameter.least), variant);
    if (!probe.usable() || rows == enough) continue;
    ++rows;
    for (const Own& one : probe.own(parameter)) all.push_back(one);
  }
  std::ranges::stable_sort(all, {}, &Own::uncertain);
  std::vector<double> candidates;
  for (const Own& one : all) {
    if (candidates.size() >= most_candidates) break;
    candidates.push_back(common_with(one, all));
    candidates.push_back(one.value);
  }
  std::optional<Fitted> best;
  double best_score = 0;
  for (const double value : candidates) {
    const auto tallies = sample.tally(planted(given, variant, base, value));
    if (!tallies || score(*tallies) <= best_score) continue;
    best_score = score(*tallies);
    best = {value, spread_near(value, all), static_cast<std::ptrdiff_t>(rows)};
  }
  return best;
}

std::optional<Fitted> fit_to_reduced(const Given& given, const Variant& variant,
                                     const Formula& base) {
  const double got = given.doubt().results.loss[0];
  if (!std::isfinite(got)) return std::nullopt;
  const auto off = [&](double value) {
    const Candidate candidate = planted(given, variant, base, value);
    return RowLosses(given, candidate.formula).reduced(given, candidate).value - got;
  };
  const std::vector<double> found = roots(*variant.parameter, off, points_of_all);
  if (found.size() != 1) return std::nullopt;
  return Fitted{.value = found[0], .own = 1};
}

}  // namespace xent::explain
