// SPDX-License-Identifier: MIT
// What an audit found, as text and as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

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

/// A block of lines on each quantity, and the verdict. Lines hold what they must, not more.
std::string to_text(const Audit& audit);

nlohmann::ordered_json to_json(const Audit& audit);

}  // namespace xent::cli
