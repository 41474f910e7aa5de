// SPDX-License-Identifier: MIT
// What an audit found, as text and as JSON.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/verbs/audit/audit_verdict.hpp"

namespace xent::cli {

/// The verdict in words, what the gate says, the problem, a table of the quantities, and the
/// findings; with details also a block of lines on each quantity.
std::string to_text(const Audit& audit, bool details);

nlohmann::ordered_json to_json(const Audit& audit);

}  // namespace xent::cli
