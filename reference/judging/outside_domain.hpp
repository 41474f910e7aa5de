// SPDX-License-Identifier: MIT
// Compares a problem, and each of its rows, with a domain.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <xent/any_problem.hpp>
#include <xent/contract.hpp>

namespace xent::reference {

/// The first thing about the problem that lies outside the domain, or nothing.
std::optional<std::string> outside_domain(const Domain& domain, const AnyProblem& problem);

/// Rows that lie outside a domain, and the first thing about them that does.
struct OutsideRows {
  std::vector<std::ptrdiff_t> rows = {};
  std::string first = {};  // "logit 1e+39 of row 4, class 1"
};

/// The rows of the problem that lie outside the domain, in their order: all of them where the
/// number of classes, an option or a weight does.
OutsideRows rows_outside(const Domain& domain, const AnyProblem& problem);

}  // namespace xent::reference
