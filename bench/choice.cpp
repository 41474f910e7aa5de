// SPDX-License-Identifier: MIT
// Choice: one short run of the engine, then the wish as a filter, then the rule of fastest().

#include "bench/choice.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <xent/records/error_text.hpp>

#include "bench/roofs/roofline.hpp"

namespace xent::bench {
namespace {

Tier tier_of(const Implementation& implementation, DType dtype) {
  return with_dtype(dtype,
                    [&](auto zero) { return implementation.contract<decltype(zero)>().tier; });
}

/// Whether a candidate that was timed qualifies, and why.
void judge(const Wish& wish, Candidate& candidate) {
  const TimingRecord& timed = *candidate.timed;
  candidate.qualifies = false;
  if (candidate.tier < wish.tier) {
    candidate.reason =
        fmt::format("promises {}, not {}", to_string(candidate.tier), to_string(wish.tier));
  } else if (wish.max_ulp && timed.checked_ulp > *wish.max_ulp) {
    candidate.reason = fmt::format("a loss is {} ulp of the exact value off",
                                   error_text_beside(timed.checked_ulp, *wish.max_ulp));
  } else {
    candidate.qualifies = true;
    candidate.reason =
        fmt::format("promises {}, {} ulp at most on {} rows", to_string(candidate.tier),
                    error_text(timed.checked_ulp, 3), timed.checked_rows);
  }
}

/// The reason that the implementation was not timed.
std::string reason_of(const Measurements& found, std::string_view name) {
  for (const auto* turned_away : {&found.failures, &found.skipped})
    for (const Untimed& cell : *turned_away)
      if (cell.implementation == name) return cell.text;
  return "";
}

/// One for each implementation, in their order.
std::vector<Candidate> candidates_of(const Wish& wish, std::span<const Implementation* const> among,
                                     std::span<const TimingRecord> timings) {
  std::vector<Candidate> all;
  for (const Implementation* implementation : among) {
    Candidate& candidate = all.emplace_back();
    candidate.implementation = implementation->name;
    candidate.tier = tier_of(*implementation, wish.dtype);
    for (const TimingRecord& timed : timings)
      if (timed.implementation == implementation->name) candidate.timed = timed;
  }
  return all;
}

/// Short samples, so that they fit between two turns of a busy machine's scheduler, and as many
/// rounds as there is time for.
Plan plan_of(const Wish& wish, std::span<const Implementation* const> among) {
  constexpr int least_rounds = 15, most_rounds = 51;
  constexpr double longest_sample = 0.0005;
  const auto roofs =
      std::count_if(roof_kernels().begin(), roof_kernels().end(),
                    [&](const RoofKernel& kernel) { return applies(kernel.kind, wish.gradient); });
  const double each = wish.seconds / static_cast<double>(std::ssize(among) + roofs);
  const double rounds = std::clamp<double>(each / longest_sample, least_rounds, most_rounds);
  return {.implementations = {among.begin(), among.end()},
          .shapes = {{.rows = wish.batch, .classes = wish.classes}},
          .dtypes = {wish.dtype},
          .forms = {wish.form},
          .gradient = wish.gradient,
          .threads = wish.threads,
          .repetitions = static_cast<int>(rounds),
          .min_time = std::min(each / rounds, longest_sample),
          .seed = wish.seed,
          .checked_logits = 50000,
          .racing = true,
          .patience = 10 * wish.seconds,
          .satisfies = [=](std::span<const TimingRecord> timings) {
            return choose(wish, candidates_of(wish, among, timings)).doubt.empty();
          }};
}

}  // namespace

Choice choose(const Wish& wish, std::vector<Candidate> candidates) {
  Choice choice{.candidates = std::move(candidates)};
  for (Candidate& one : choice.candidates)
    if (one.timed) judge(wish, one);
  std::vector<const Candidate*> order;
  for (const Candidate& one : choice.candidates)
    if (one.qualifies) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->tier > b->tier; });
  std::vector<const TimingRecord*> records;
  records.reserve(order.size());
  for (const Candidate* one : order) records.push_back(&*one->timed);
  Fastest found = fastest(records);
  for (const TimingRecord* one : found.tied) choice.picked.push_back(one->implementation);
  if (found.least != nullptr) choice.least = found.least->implementation;
  choice.ratios = std::move(found.ratios);
  choice.doubt = std::move(found.doubt);
  std::stable_sort(choice.candidates.begin(), choice.candidates.end(),
                   [](const Candidate& a, const Candidate& b) {
                     return a.timed && (!b.timed || a.timed->ns_median < b.timed->ns_median);
                   });
  return choice;
}

Choice pick(const Wish& wish, std::span<const Implementation* const> among,
            const Progress& progress) {
  const Measurements found = run(plan_of(wish, among), progress);
  std::vector<Candidate> candidates = candidates_of(wish, among, found.timings);
  for (Candidate& one : candidates)
    if (!one.timed) one.reason = reason_of(found, one.implementation);
  return choose(wish, std::move(candidates));
}

}  // namespace xent::bench
