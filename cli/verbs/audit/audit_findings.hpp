// SPDX-License-Identifier: MIT
// The results that say most about a quantity.
#pragma once

#include <vector>

#include <xent/any_problem.hpp>

#include "cli/verbs/audit/audit_verdict.hpp"

namespace xent::cli {

/// One witness of each kind of error that there is: the one that is most above its bound, or else
/// the worst; the first that is no number of ulp off; the first that is undecided. Each has the
/// logits of its row where there are at most 8.
std::vector<Finding> findings_of(const AuditedQuantity& quantity, const AnyMatrix& logits);

}  // namespace xent::cli
