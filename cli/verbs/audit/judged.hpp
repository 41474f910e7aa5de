// SPDX-License-Identifier: MIT
// Results from files, judged by the reference beside the textbook's bounds.
#pragma once

#include <string>

#include "cli/verbs/audit/audit_verdict.hpp"
#include "cli/verbs/audit/audited.hpp"
#include "reference/judging/judge.hpp"

namespace xent::cli {

/// What the reference makes of the results, on a terminal with its progress. `options` tell it how;
/// `ulp_of` is the name of the element type whose ulp is meant, "" for that of each result. The
/// gate is left open.
Audit judged(const ProblemFiles& files, const Audited& audited, const std::string& ulp_of,
             reference::JudgeOptions options);

}  // namespace xent::cli
