// SPDX-License-Identifier: MIT
// Recipes: the RapidCheck generator of cases. What is drawn, shown and shrunk is the recipe.
#pragma once

#include <vector>

#include <rapidcheck.h>

#include <xent/contract.hpp>

#include "cases/case.hpp"
#include "properties/drawing/scope.hpp"

namespace xent::properties {

/// A family that may be drawn, as a recipe whose scale is as near the typical one as the domain
/// lets, and how often it is.
struct Candidate {
  cases::Recipe recipe;
  std::size_t weight = 1;
};

/// The random families that the scope and the domain share, simplest first; data sets are judged
/// apart. Empty where there is none.
std::vector<Candidate> candidates(const Scope& scope, DType dtype, const Domain& domain);

/// Draws recipes of the candidates inside the domain: mostly few classes, up to 1025; 1 to 8 rows,
/// at most 4096 logits. Wide families have mostly many classes, and one recipe of theirs in 64 is a
/// row, or the fewest rows of the scope, of as many as they need. One half of them have no options;
/// the other half draw from those that the scope and the offers share. They shrink to fewer
/// options, fewer classes and rows, a simpler family, a smaller scale, labels and no reduction; the
/// seed stays. `candidates` must not be empty.
rc::Gen<cases::Recipe> recipes(const Scope& scope, const Domain& domain, const Offers& offers,
                               const std::vector<Candidate>& candidates);

/// What that recipe shrinks to in one step, inside the domain: the smallest steps last.
std::vector<cases::Recipe> simpler_recipes(const cases::Recipe& recipe, const Scope& scope,
                                           const Domain& domain,
                                           const std::vector<Candidate>& candidates);

}  // namespace xent::properties
