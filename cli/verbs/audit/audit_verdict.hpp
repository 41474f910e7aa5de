// SPDX-License-Identifier: MIT
// What an audit found, and what it comes to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xent/contract.hpp>
#include <xent/problem.hpp>
#include <xent/records/results.hpp>

#include "explain/explain.hpp"

namespace xent::cli {

/// What results come to, the best first:
///
///   right            each is within right_ulp ulp of the exact value
///   textbook         each is within the textbook's error (textbook.hpp) with SumError::statistical
///   outside          some are not right, in rows that the textbook's bound does not cover
///   nothing_checked  there are none
///   undecided        the reference could not settle all errors
///   suspect          each is within the textbook's error with sums at their worst
///   wrong            one is beyond that, or is no number where the exact value is one
enum class Grade { right, textbook, outside, nothing_checked, undecided, suspect, wrong };

inline constexpr double right_ulp = 4;

/// "right", "textbook", "outside", …
std::string_view to_string(Grade grade);

/// A result that says much about its quantity.
struct Finding {
  std::string what;  // "the worst", "the first that became 0"
  Witness witness;
  std::string logits = {};  // of its row, where they are few
};

/// The errors of one quantity: "loss", "grad", "grad_at_label", "lse" or "log_softmax".
struct AuditedQuantity {
  std::string name;
  std::string dtype;                // of the results
  std::string ulp_of;               // the element type whose ulp the errors are in
  std::string reduction = {};       // that it is of; "" of what depends on the logits alone
  std::string reduction_from = {};  // "option", "shape", "loss" or "default"
  ErrorStats errors = {};           // max_ratio: to the textbook's bound, sums as they mostly are
  std::optional<ErrorStats> at_worst = {};  // max_ratio: to the textbook's bound with sums at their
                                            // worst; where one is above the other bound
  ErrorStats outside = {};                  // of `errors`, those in rows that no bound covers
  std::vector<Finding> findings = {};
};

/// What is demanded besides, each where it is given.
struct Gate {
  std::optional<double> max_ulp = {};  // in ulp of the exact value
  std::optional<Tier> tier = {};       // accurate or better: what its results keep, in ulp of terms
};

struct Audit {
  std::string problem;          // "[600, 10] f32, labels, none"
  Input input = Input::logits;  // what the numbers of a row are
  std::vector<AuditedQuantity> quantities;
  std::string first_outside = {};  // the first thing that lies outside the textbook's domain
  Gate gate = {};
  std::optional<explain::Explanation> explanation = {};  // of results that are suspect or wrong
};

Grade grade_of(const AuditedQuantity& quantity);

/// The worst of its quantities; `nothing_checked` where there is none.
Grade grade_of(const Audit& audit);

/// The quantities that the gate does not let pass, and what of it they break: "--max-ulp 3".
struct Refused {
  const AuditedQuantity* quantity;
  std::string demand;
};
std::vector<Refused> refused(const Audit& audit);

/// Whether the results are right or as good as the textbook, and the gate lets them pass.
bool is_good(const Audit& audit);

}  // namespace xent::cli
