// SPDX-License-Identifier: MIT
// All measures of a quantity, each maximum with its witness.
#pragma once

#include <string>

#include "cli/verbs/audit/audit_verdict.hpp"

namespace xent::cli {

/// A block of lines: categories, the share that is correctly rounded, quantiles, and the largest
/// errors in ulp of the exact value, in ulp of the terms, relative, absolute in u, backward, and
/// beside the textbook's bound. Lines hold what they must, not more.
std::string details_of(const AuditedQuantity& quantity);

}  // namespace xent::cli
