// SPDX-License-Identifier: MIT
// What an audit found, and what it comes to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <xent/records/results.hpp>

namespace xent::cli {

/// The errors of one quantity: "loss", "grad" or "grad_at_label".
struct AuditedQuantity {
  std::string name;
  std::string dtype;                // of the results
  std::string ulp_of;               // the element type whose ulp the errors are in
  std::string reduction = {};       // that it is of; "" of a log-sum-exp
  std::string reduction_from = {};  // "option", "shape", "loss" or "default"
  ErrorStats errors;
};

struct Audit {
  std::string problem;  // "[600, 10] f32, labels, none"
  std::vector<AuditedQuantity> quantities;
  std::optional<double> limit;  // --max-ulp
};

/// `undecided` where an error is, else `failed` where there is a limit and an error above it, or a
/// result that is no number of ulp off, else `nothing_checked` where a quantity has no values; else
/// `passed`. The limit is in ulp of the exact value.
Verdict verdict_of(const Audit& audit);

/// The verdict in one line, with the worst of each quantity.
std::string verdict_line(const Audit& audit);

}  // namespace xent::cli
