// SPDX-License-Identifier: MIT
#include "explain/fitting/trial.hpp"

#include <algorithm>
#include <cmath>

#include <xent/log_prob.hpp>

#include "reference/workers.hpp"

namespace xent::explain {
namespace {

Candidate candidate_of(const Given& given, const Attempt& attempt,
                       const std::optional<Fitted>& fitted) {
  Formula formula = attempt.base();
  attempt.variant.plant(formula, fitted ? fitted->value : 0);
  Candidate candidate(formula, given.doubt());
  if (fitted) candidate.slack = 2;
  return candidate;
}

void append(const Hypothesis& hypothesis, const Doubt& doubt, std::vector<Attempt>& all) {
  if (hypothesis.needs_logits && is_given(doubt.problem.options)) return;
  std::vector<Variant> variants = hypothesis.variants(doubt);
  const std::size_t count = variants.size();
  for (Variant& one : variants)
    all.push_back({.hypothesis = &hypothesis, .variant = std::move(one), .variants = count});
}

// The reductions that differ from the problem's own and from each other.
std::vector<Attempt> different_reductions(const Doubt& doubt) {
  std::vector<Attempt> all, different;
  for (const Hypothesis* one : hypotheses())
    if (one->part == Part::reduction) append(*one, doubt, all);
  std::vector<double> seen = {Candidate({}, doubt).grad[0]};
  for (Attempt& one : all) {
    // Not mean_of_means of any number of parts, nor narrow_mean.
    if (one.variants > 2 || one.hypothesis->name == "narrow_mean") continue;
    Formula formula;
    one.variant.plant(formula, 0);
    const double scale = Candidate(formula, doubt).grad[0];
    if (std::ranges::any_of(
            seen, [&](double other) { return std::abs(scale - other) <= 1e-9 * std::abs(other); }))
      continue;
    seen.push_back(scale);
    different.push_back(std::move(one));
  }
  return different;
}

}  // namespace

Formula Attempt::base() const {
  Formula formula;
  if (reduction != nullptr) of_reduction.plant(formula, 0);
  return formula;
}

std::vector<Attempt> attempts(const Doubt& doubt) {
  std::vector<Attempt> all;
  for (const Hypothesis* one : hypotheses()) append(*one, doubt, all);
  return all;
}

std::vector<Attempt> pairs(const Doubt& doubt) {
  std::vector<Attempt> all;
  if (doubt.rows() == 0 || (!doubt.reduces_loss() &&
                            (!doubt.has_grad() || doubt.reduction_of_grad() == Reduction::none)))
    return all;
  const std::vector<Attempt> reductions = different_reductions(doubt);
  for (const Attempt& one : attempts(doubt)) {
    if (one.hypothesis->part != Part::row || one.hypothesis->name == "constant_factor") continue;
    for (const Attempt& reduction : reductions) {
      all.push_back(one);
      all.back().reduction = reduction.hypothesis;
      all.back().of_reduction = reduction.variant;
      all.back().variants = one.variants * reductions.size();
    }
  }
  return all;
}

std::vector<Trial> try_rows(const Given& given, const Sample& sample,
                            const std::vector<Attempt>& all) {
  std::vector<std::optional<Trial>> hopeful(all.size());
  reference::share_rows(std::ssize(all), given.threads(), {}, [&](std::size_t, std::ptrdiff_t k) {
    const Attempt& one = all[static_cast<std::size_t>(k)];
    Trial trial{.attempt = one};
    if (one.variant.parameter) {
      trial.fitted = fit_to_rows(given, sample, one.variant, one.base());
      if (!trial.fitted) return;
    }
    if (sample.tally(candidate_of(given, one, trial.fitted)))
      hopeful[static_cast<std::size_t>(k)] = std::move(trial);
  });
  std::vector<Trial> trials;
  for (std::optional<Trial>& one : hopeful) {
    if (!one) continue;
    one->tallies = tally_all(given, candidate_of(given, one->attempt, one->fitted));
    trials.push_back(std::move(*one));
  }
  return trials;
}

const RowLosses& LossesOfRows::of(const Given& given, const Attempt& attempt,
                                  const Formula& formula) {
  const bool same = attempt.hypothesis->part != Part::row;
  const std::string key =
      same ? "" : std::string(attempt.hypothesis->name) + attempt.variant.sentence;
  if (const auto it = kept_.find(key); it != kept_.end() && !attempt.variant.parameter)
    return it->second;
  constexpr std::ptrdiff_t most = 1 << 21;  // losses in all, of 24 bytes each
  if (std::ssize(kept_) * given.doubt().rows() > most) kept_.clear();
  return kept_.insert_or_assign(key, RowLosses(given, same ? Formula{} : formula)).first->second;
}

std::vector<Trial> try_reduced(const Given& given, const Sample& sample,
                               const std::vector<Attempt>& all, LossesOfRows& losses) {
  std::vector<Trial> trials;
  for (const Attempt& one : all) {
    Trial trial{.attempt = one};
    if (one.variant.parameter) {
      if (one.reduction != nullptr) continue;  // two things to choose, and one number
      trial.fitted = fit_to_reduced(given, one.variant, one.base());
      if (!trial.fitted) continue;
    }
    const Candidate candidate = candidate_of(given, one, trial.fitted);
    const RowLosses& rows = losses.of(given, one, candidate.formula);
    const Tally tally = tally_reduced(given, rows.reduced(given, candidate));
    if (tally.agreed == 0) continue;
    if (const auto of_sample = sample.tally(candidate)) trial.tallies = *of_sample;
    trial.tallies[index_of(Quantity::loss)] = tally;
    trials.push_back(std::move(trial));
  }
  return trials;
}

}  // namespace xent::explain
