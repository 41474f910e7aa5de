// SPDX-License-Identifier: MIT
// Choice: one short run of the engine, then the wish as a filter.

#include "bench/choice.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bench/roofline.hpp"

namespace xent::bench {
namespace {

constexpr int repetitions = 5;

Plan plan_of(const Wish& wish, std::span<const Implementation* const> among) {
  const auto roofs =
      std::count_if(roof_kernels().begin(), roof_kernels().end(),
                    [&](const RoofKernel& kernel) { return applies(kernel.kind, wish.gradient); });
  const auto calls = static_cast<double>(std::ssize(among) + roofs);
  return {.implementations = {among.begin(), among.end()},
          .shapes = {{wish.batch, wish.classes}},
          .dtypes = {wish.dtype},
          .forms = {wish.form},
          .gradient = wish.gradient,
          .threads = wish.threads,
          .repetitions = repetitions,
          // finding the number of iterations takes about as long as two repetitions
          .min_time = wish.seconds / calls / (repetitions + 2),
          .seed = wish.seed,
          .checked_logits = 50000};
}

Tier tier_of(const Implementation& implementation, DType dtype) {
  return with_dtype(dtype,
                    [&](auto zero) { return implementation.contract<decltype(zero)>().tier; });
}

/// Fills in what was measured, and the verdict.
void judge_timed(const TimingRecord& timed, const Wish& wish, Candidate& candidate) {
  candidate.ns = timed.ns_min;
  candidate.roof_multiple = timed.roof_multiple;
  candidate.loss_ulp = timed.checked_ulp;
  if (candidate.tier < wish.tier)
    candidate.reason =
        fmt::format("promises {}, not {}", to_string(candidate.tier), to_string(wish.tier));
  else if (wish.max_ulp && timed.checked_ulp > *wish.max_ulp)
    candidate.reason = fmt::format("a loss is off by {:.3g} ulp", timed.checked_ulp);
  else
    candidate.qualifies = true;
  if (candidate.qualifies)
    candidate.reason =
        fmt::format("promises {}, {:.3g} ulp at most on {} rows", to_string(candidate.tier),
                    timed.checked_ulp, timed.checked_rows);
}

/// The reason that the implementation was not timed.
std::string reason_of(const Measurements& found, std::string_view name) {
  for (const auto* turned_away : {&found.failures, &found.skipped})
    for (const Untimed& cell : *turned_away)
      if (cell.implementation == name) return cell.text;
  return "";
}

}  // namespace

std::vector<Candidate> pick(const Wish& wish, std::span<const Implementation* const> among,
                            const Progress& progress) {
  const Measurements found = run(plan_of(wish, among), progress);
  std::vector<Candidate> candidates;
  for (const Implementation* implementation : among) {
    Candidate& candidate = candidates.emplace_back();
    candidate.implementation = implementation->name;
    candidate.tier = tier_of(*implementation, wish.dtype);
    const auto timed = std::find_if(
        found.timings.begin(), found.timings.end(),
        [&](const TimingRecord& t) { return t.implementation == implementation->name; });
    if (timed != found.timings.end())
      judge_timed(*timed, wish, candidate);
    else
      candidate.reason = reason_of(found, implementation->name);
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.ns > 0 && (b.ns == 0 || a.ns < b.ns);
  });
  return candidates;
}

}  // namespace xent::bench
