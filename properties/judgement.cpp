// SPDX-License-Identifier: MIT
// From error statistics to a violation.

#include "properties/judgement.hpp"

#include <fmt/format.h>

namespace xent::properties {

namespace {

std::int64_t broken_rules(const Categories& c, Tier tier) {
  const std::int64_t not_numbers =
      c.nan_unexpected + c.nan_missing + c.inf_unexpected + c.inf_missing;
  return tier < Tier::accurate ? not_numbers : c.total();
}

}  // namespace

bool kept(const ErrorStats& stats, Tier tier) {
  return stats.max_ratio <= 1 && broken_rules(stats.categories, tier) == 0;
}

std::optional<Violation> breach(const ErrorStats& stats, Tier tier) {
  if (kept(stats, tier)) return std::nullopt;
  const bool above = stats.max_ratio > 1;
  const Witness& witness = stats.telling_witness();
  const std::string how =
      above ? fmt::format(", an error of {:.4g} times its bound", stats.max_ratio) : "";
  return Violation{.row = witness.row,
                   .column = witness.column,
                   .got = witness.got,
                   .expected = witness.expected + how};
}

}  // namespace xent::properties
