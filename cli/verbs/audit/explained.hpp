// SPDX-License-Identifier: MIT
// What would explain results that are wrong.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/verbs/audit/audited.hpp"
#include "explain/explain.hpp"

namespace xent::cli {

/// What people really do that gives these results in place of the right ones.
explain::Explanation explained(const ProblemFiles& files, const Audited& audited, int threads);

/// The findings by name, each with its certainty, what it is of, how many rows agree and how
/// exactly, and its parameter.
nlohmann::ordered_json to_json(const explain::Explanation& explanation);

}  // namespace xent::cli
