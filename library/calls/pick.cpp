// SPDX-License-Identifier: MIT
// Picks the fastest implementation that promises a tier.

#include <algorithm>
#include <string>
#include <string_view>

#include <xent.h>

#include <xent/validate.hpp>

#include "library/arguments/fault.hpp"
#include "library/calls/handles.hpp"
#include "library/calls/tiers.hpp"
#include "library/problem/given_problem.hpp"

namespace xent::library {
namespace {

/// The fastest first. docs/performance.md has no shape, type or form of targets in which simd is not
/// the fastest, and faithful the fastest of its tier; the others stand in where there is no long
/// double of 64 bits, which these two need in f64.
constexpr std::string_view by_speed[] = {"simd", "faithful", "compensated", "log_sum_exp", "naive"};

bool has_long_double() {
  try {
    validate_long_double();
    return true;
  } catch (const InvalidProblem&) {
    return false;
  }
}

template <class T>
bool answers(const Implementation& implementation, std::int32_t tier, const AnyProblem& problem) {
  const Contract<T>& contract = implementation.contract<T>();
  return number_of(contract.tier) >= tier && lacking(contract.offers, problem).empty() &&
         contract.domain.max_classes >= problem.logits.cols() &&
         (!contract.needs_long_double || has_long_double());
}

const Implementation& picked(const AnyProblem& problem, std::int32_t tier) {
  if (tier < XENT_TIER_NONE || tier > XENT_TIER_CORRECTLY_ROUNDED)
    refuse("tier", std::to_string(tier) + " is none of XENT_TIER_...");
  for (const std::string_view name : by_speed) {
    const Implementation& one = *find_implementation(name);
    if (with_dtype(problem.logits.dtype,
                   [&]<class T>(T) { return answers<T>(one, tier, problem); }))
      return one;
  }
  refuse_unsupported("tier", "no implementation promises it for this problem");
}

}  // namespace
}  // namespace xent::library

const xent_implementation* xent_pick(const xent_problem* problem, int32_t tier, xent_error* error) {
  using namespace xent::library;
  const xent_implementation* pick = nullptr;
  guarded(error, [&] {
    const GivenProblem given(problem, Reads::shapes);
    pick = handle_of(&picked(given.problem(), tier));
  });
  return pick;
}
