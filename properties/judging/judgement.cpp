// SPDX-License-Identifier: MIT
// From error statistics to a violation.

#include "properties/judging/judgement.hpp"

#include <cstdlib>

#include "properties/message.hpp"

namespace xent::properties {

namespace {

std::int64_t broken_rules(const ErrorStats& stats, Tier tier) {
  return tier < Tier::accurate ? stats.categories.of_no_numbers() : stats.breaches();
}

Violation violation_of(const Witness& witness) {
  return {.row = witness.row,
          .column = witness.column,
          .got = show(std::strtod(witness.got.c_str(), nullptr)),
          .expected = show_exact(witness.expected),
          .input = {},
          .ulp = witness.ulp};
}

}  // namespace

Verdict kept(const ErrorStats& stats, Tier tier) {
  if (stats.undecided != 0) return Verdict::undecided;
  const bool keeps = stats.max_ratio <= 1 && broken_rules(stats, tier) == 0;
  return keeps ? Verdict::passed : Verdict::failed;
}

Tier deserved(const ErrorStats& stats, double most_ulp) {
  if (kept(stats, Tier::stable) == Verdict::failed) return Tier::none;
  const double ulp = stats.max_terms_ulp.value_or(0);
  if (stats.breaches() > 0 || ulp > most_ulp) return Tier::stable;
  if (stats.correctly_rounded == stats.count) return Tier::correctly_rounded;
  return ulp < 1 ? Tier::faithful : Tier::accurate;
}

std::optional<Violation> breach(const ErrorStats& stats, Tier tier) {
  const Verdict verdict = kept(stats, tier);
  if (verdict == Verdict::passed) return std::nullopt;
  if (verdict == Verdict::undecided) {
    const Witness& witness = stats.undecided_witness;
    Violation open = violation_of(witness);
    open.expected += ", which the reference cannot decide";
    return open;
  }
  Violation broken = violation_of(stats.telling_witness());
  if (stats.max_ratio > 1) broken.ratio = stats.max_ratio;
  return broken;
}

}  // namespace xent::properties
