// SPDX-License-Identifier: MIT
// Scope: the recipes that a law speaks about, as data, so that generators draw from inside it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xent/contract.hpp>

#include "cases/case.hpp"

namespace xent::properties {

/// The options with which a loss is sum_j v c_j (lse - x_j): those that say which v c_j. A law that
/// follows from this formula speaks about no others; a law that compares a result with the exact
/// one, or with itself, speaks about everything.
inline constexpr Offers only_coefficients = {
    .csr = true, .weight = true, .row_weight = true, .ignore_index = true, .label_smoothing = true};

inline constexpr Offers nothing = {.labels = false, .probs = false};

/// The recipes a law is drawn from, before they are cut with an implementation's domain and offers.
struct Scope {
  std::span<const std::string_view> families = {};  // only these; empty: every random family
  std::span<const cases::TargetKind> targets = cases::all_target_kinds;
  std::span<const Reduction> reductions = all_reductions;
  Offers options = everything;  // that its cases may have
  std::ptrdiff_t min_rows = 1;
  bool special = false;   // families with NaN, +inf, or rows of -inf only are drawn too
  bool joined = false;    // extremes are joined pairwise: properties/drawing/joined.hpp
  bool masks = false;     // the law adds logits of -inf of its own
  Offers adds = nothing;  // options and forms of targets that the law adds to its cases
};

inline constexpr cases::TargetKind only_labels[] = {cases::TargetKind::labels};
inline constexpr Reduction only_none[] = {Reduction::none};

/// The recipe with its scale halved until the domain holds it and its logits are finite, or nothing
/// where no scale will do.
std::optional<cases::Recipe> fit(cases::Recipe recipe, const Domain& domain);

/// Whether the law speaks about cases of that family.
bool covers(const Scope& scope, const cases::Family& family);

/// Why the law says nothing inside the domain; nothing where it does.
std::optional<std::string> why_outside(const Scope& scope, const Domain& domain);

/// The first of `wanted` that the offers lack, "" where they lack none.
std::string lacking(const Offers& offers, const Offers& wanted);

/// Those of the forms of targets that are offered.
std::vector<cases::TargetKind> offered_targets(std::span<const cases::TargetKind> targets,
                                               const Offers& offers);

/// Why the law says nothing about that recipe, or the implementation does not take it; nothing
/// where both do.
std::optional<std::string> why_outside(const Scope& scope, const Domain& domain,
                                       const Offers& offers, const cases::Recipe& recipe);

}  // namespace xent::properties
