// SPDX-License-Identifier: MIT
// Words for what an audit found.
#pragma once

#include <string>
#include <string_view>

#include "cli/verbs/audit/audit_verdict.hpp"

namespace xent::cli {

/// "loss", "gradient", "gradient at the labels", "log-sum-exp".
std::string_view title_of(const AuditedQuantity& quantity);

/// "right", "textbook", "not judged", …
std::string_view words_of(Grade grade);

/// "row 17, class 3"; "the mean" of a reduced loss.
std::string place_of(const AuditedQuantity& quantity, const Witness& witness);

/// "WRONG: the loss is 38,000 % off at row 17 (got 2.95, exact 0.0077), and so are 599 of 600." The
/// first line of every audit.
std::string verdict_line(const Audit& audit);

}  // namespace xent::cli
