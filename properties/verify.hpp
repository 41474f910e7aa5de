// SPDX-License-Identifier: MIT
// Verify: one law on one implementation and element type.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <xent/implementation.hpp>
#include <xent/records/results.hpp>

#include "cases/case.hpp"
#include "properties/budget.hpp"
#include "properties/drawing/pairs.hpp"
#include "properties/law.hpp"

namespace xent::properties {

struct RunOptions {
  std::uint64_t seed = 1;
  int cases = fewest_cases;                // to draw
  std::optional<cases::Recipe> only = {};  // this case and no other
  Coverage* coverage = nullptr;            // counts what is drawn; absent: nothing does
  std::function<void()> before_case = {};  // what it throws comes out
};

/// Draws cases inside the domain of the implementation, for a law whose scope is joined first those
/// that join its levels (at most two thirds), and checks the law on each, on every instruction set
/// where the implementation is dispatched; a failing case is shrunk. A mean that
/// divides by 0 holds: what it is, docs/policy.md says row by row. Skipped where the implementation
/// does not claim the law, or the law says nothing inside the domain or about `only`; mistrusted
/// below `fewest_cases` drawn cases (a table, or one case asked for, is judged as it is). Throws
/// FileError where `only` is of a data set that cannot be read, and cases::InvalidRecipe where
/// `only` is given to a law that is a table or is of another element type.
LawRecord run_law(const Law& law, const Implementation& implementation, DType dtype,
                  const RunOptions& options);

}  // namespace xent::properties
