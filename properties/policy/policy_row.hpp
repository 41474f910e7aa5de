// SPDX-License-Identifier: MIT
// PolicyRow: one row of docs/policy.md: a problem, and the results it has or the fault it is
// refused with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <xent/contract.hpp>
#include <xent/element.hpp>
#include <xent/problem.hpp>

namespace xent::properties {

using Rows = std::vector<std::vector<double>>;

struct CsrRows {
  std::vector<std::int64_t> offsets;
  std::vector<std::int64_t> classes;
  std::vector<double> probs;
};

/// Inputs are numbers of f64; in a type of which they are no numbers they are rounded, and the
/// results stay. Expected numbers have a few digits more than the results they are compared with.
struct PolicyRow {
  std::string name;
  Rows logits;  // no rows: of two classes
  std::variant<std::vector<std::int64_t>, Rows, CsrRows> targets;
  std::vector<double> weight = {};  // none: ones
  double smoothing = 0;
  double z_loss = 0;
  double temperature = 0;
  double softcap = 0;
  Input input = Input::logits;
  double clip = 0;
  bool kl_divergence = false;
  std::vector<double> row_weight = {};  // none: ones
  std::optional<std::int64_t> ignore = {};
  Reduction reduction = Reduction::none;
  std::vector<long double> loss = {};
  std::vector<long double> grad = {};  // [N, C], row after row
  DType results = DType::f64;          // the element type of the loss
  std::string_view fault = {};         // part of the message; "": not refused
};

/// The rows of the tables of answers.
std::vector<PolicyRow> answered_rows();

/// The rows of the table of what is refused.
std::vector<PolicyRow> refused_rows();

/// Whether an implementation of that element type and domain has to answer the row as it says: its
/// loss is of the type of the results, its finite numbers are finite there, and the logits of rows
/// that are not ignored, and probabilities and weights that are no finite numbers, are of the
/// domain.
bool lies_within(const PolicyRow& row, DType dtype, const Domain& domain);

/// The problem of a row, its numbers rounded to T.
template <class T>
class PolicyProblem {
 public:
  explicit PolicyProblem(const PolicyRow& row);
  PolicyProblem(const PolicyProblem&) = delete;
  PolicyProblem& operator=(const PolicyProblem&) = delete;

  const Problem<T>& problem() const { return problem_; }

 private:
  std::vector<std::int64_t> labels_, offsets_, classes_;
  std::vector<T> logits_, probs_, weight_;
  std::vector<LossOf<T>> row_weight_;
  Problem<T> problem_;
};

}  // namespace xent::properties
