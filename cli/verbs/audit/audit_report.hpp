// SPDX-License-Identifier: MIT
// What an audit found, as text and as JSON.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/verbs/audit/audit_verdict.hpp"

namespace xent::cli {

/// A block of lines on each quantity, and the verdict. Lines hold what they must, not more.
std::string to_text(const Audit& audit);

nlohmann::ordered_json to_json(const Audit& audit);

}  // namespace xent::cli
