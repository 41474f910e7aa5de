// SPDX-License-Identifier: MIT
// What the gate of an audit refuses, in words.
#pragma once

#include <string>

#include "cli/verbs/audit/audit_verdict.hpp"

namespace xent::cli {

/// "FAILED (--max-ulp 3): the gradient is 90 ulp off at row 2, class 2 (got …, exact …)." A line
/// for each quantity that the gate refuses; "passed (--max-ulp 3)" where it refuses none; ""
/// without one.
std::string gate_lines(const Audit& audit);

}  // namespace xent::cli
