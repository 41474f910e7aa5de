// SPDX-License-Identifier: MIT
// From error statistics to a violation.

#include "properties/judgement.hpp"

#include <fmt/format.h>

#include <xent/error_text.hpp>

namespace xent::properties {

namespace {

std::int64_t broken_rules(const ErrorStats& stats, Tier tier) {
  return tier < Tier::accurate ? stats.categories.of_no_numbers() : stats.breaches();
}

}  // namespace

Verdict kept(const ErrorStats& stats, Tier tier) {
  if (stats.undecided != 0) return Verdict::undecided;
  const bool keeps = stats.max_ratio <= 1 && broken_rules(stats, tier) == 0;
  return keeps ? Verdict::passed : Verdict::failed;
}

std::optional<Violation> breach(const ErrorStats& stats, Tier tier) {
  const Verdict verdict = kept(stats, tier);
  if (verdict == Verdict::passed) return std::nullopt;
  if (verdict == Verdict::undecided) {
    const Witness& witness = stats.undecided_witness;
    return Violation{.row = witness.row,
                     .column = witness.column,
                     .got = witness.got,
                     .expected = witness.expected + ", which the reference cannot decide"};
  }
  const bool above = stats.max_ratio > 1;
  const Witness& witness = stats.telling_witness();
  const std::string how =
      above ? fmt::format(", an error of {} times its bound", error_text(*stats.max_ratio)) : "";
  return Violation{.row = witness.row,
                   .column = witness.column,
                   .got = witness.got,
                   .expected = witness.expected + how};
}

}  // namespace xent::properties
