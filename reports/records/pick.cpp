// SPDX-License-Identifier: MIT
// Pick, from the records.
#include "reports/records/pick.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "reports/records/runs.hpp"
#include "reports/records/verdict.hpp"

namespace xent::reports {
namespace {

Tier parsed_tier(std::string_view name) {
  for (const Tier tier : all_tiers)
    if (to_string(tier) == name) return tier;
  return Tier::none;
}

}  // namespace

Operation operation_of(const TimingRecord& record) {
  return {record.run,     record.dtype,    record.targets, record.reduction, record.layout,
          record.threads, record.gradient, record.classes, record.inner,     record.batch};
}

double logits(const Operation& operation) {
  return static_cast<double>(operation.batch) * static_cast<double>(operation.classes);
}

double ns_per_logit(const TimingRecord& record) {
  return record.ns_min / logits(operation_of(record));
}

std::string variant(const std::string& implementation, const std::string& instruction_set) {
  return instruction_set.empty() ? implementation : implementation + " (" + instruction_set + ")";
}

std::string variant(const TimingRecord& record) {
  return variant(record.implementation, record.instruction_set);
}

std::string threads_name(std::int64_t threads) {
  return threads == 1 ? "" : fmt::format(", {} threads", threads);
}

std::string run_name(std::int64_t run, const Results& results) {
  if (results.runs.size() < 2) return "";
  return fmt::format(", run {} on {}", run + 1, machine_name(results, run));
}

std::string names_of(const std::vector<const TimingRecord*>& tied) {
  std::string text;
  for (std::size_t k = 0; k < tied.size(); ++k)
    text += (k == 0 ? "" : k + 1 == tied.size() ? " or " : ", ") + variant(*tied[k]);
  return text;
}

std::string form_name(const std::string& targets) {
  return targets == "one_hot" ? "one-hot" : targets;
}

std::string form_text(const Operation& operation) {
  std::string text = form_name(operation.targets);
  if (operation.layout != TimingRecord{}.layout) text += ", " + operation.layout;
  if (!operation.reduction.empty()) text += ", " + operation.reduction;
  return text;
}

std::string batch_text(const Operation& operation) {
  if (operation.inner <= 1) return fmt::format("{}", operation.batch);
  return fmt::format("{} × {}", operation.batch / operation.inner, operation.inner);
}

Picker::Picker(const Results& results) : results_(&results) {
  for (const LawRecord& law : results.laws)
    if (fails(law.verdict))
      standings_[{build_name(results, law.run), law.implementation, law.dtype}].failed = true;
  for (const AccuracyRecord& one : results.accuracy) {
    Standing& standing = standings_[{build_name(results, one.run), one.implementation, one.dtype}];
    standing.tier = parsed_tier(one.tier);
    standing.failed |= fails(one.verdict);
  }
  for (const TimingRecord& one : results.timings) {
    timings_.emplace(operation_of(one), &one);
    operations_.push_back(operation_of(one));
  }
  std::sort(operations_.begin(), operations_.end());
  operations_.erase(std::unique(operations_.begin(), operations_.end()), operations_.end());
}

Picker::Standing Picker::standing(const TimingRecord& record) const {
  const auto found =
      standings_.find({build_name(*results_, record.run), record.implementation, record.dtype});
  return found == standings_.end() ? Standing{} : found->second;
}

Fastest Picker::fastest(const Operation& operation, Tier tier) const {
  std::vector<const TimingRecord*> among;
  const auto [first, last] = timings_.equal_range(operation);
  for (auto one = first; one != last; ++one) {
    const Standing of = standing(*one->second);
    if (!of.failed && of.tier >= tier) among.push_back(one->second);
  }
  std::stable_sort(among.begin(), among.end(), [&](const TimingRecord* a, const TimingRecord* b) {
    return standing(*a).tier > standing(*b).tier;
  });
  return xent::fastest(among);
}

std::vector<Tier> Picker::tiers() const {
  std::vector<Tier> found;
  for (const Tier tier : all_tiers)
    if (tier == Tier::none || std::any_of(timings_.begin(), timings_.end(), [&](const auto& one) {
          return standing(*one.second).tier == tier;
        }))
      found.push_back(tier);
  return found;
}

}  // namespace xent::reports
