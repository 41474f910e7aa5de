// SPDX-License-Identifier: MIT
// PolicyRow: one row of docs/policy.md: a problem, and the results it has or the fault it is
// refused with.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include <xent/any_problem.hpp>

namespace xent::tests {

using Rows = std::vector<std::vector<double>>;

struct CsrRows {
  std::vector<std::int64_t> offsets;
  std::vector<std::int64_t> classes;
  std::vector<double> probs;
};

/// Inputs are f64. Expected numbers have a few digits more than the results they are compared with.
struct PolicyRow {
  std::string_view name;
  Rows logits;
  std::variant<std::vector<std::int64_t>, Rows, CsrRows> targets;
  std::vector<double> weight = {};  // none: ones
  double smoothing = 0;
  std::optional<std::int64_t> ignore = {};
  Reduction reduction = Reduction::none;
  std::vector<long double> loss = {};
  std::vector<long double> grad = {};  // [N, C], row after row
  DType results = DType::f64;          // the element type of loss and gradient
  std::string_view fault = {};         // part of the message; "": not refused
};

/// The rows of the tables of answers.
std::vector<PolicyRow> answered_rows();

/// The rows of the table of what is refused.
std::vector<PolicyRow> refused_rows();

}  // namespace xent::tests
