// SPDX-License-Identifier: MIT
// Given is the doubt beside what the problem's own formula gives: which of the results are wrong.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "explain/doubt.hpp"
#include "explain/formula/formula.hpp"
#include "explain/formula/scales.hpp"

namespace xent::explain {

enum class Quantity { loss, grad, lse };
inline constexpr std::array all_quantities = {Quantity::loss, Quantity::grad, Quantity::lse};

constexpr std::size_t index_of(Quantity quantity) { return static_cast<std::size_t>(quantity); }

/// The formats of the results, and the unit roundoffs of the arithmetic that they are taken to come
/// from: f32 where they are narrower.
struct Precision {
  Format loss, grad;
  double u_loss = 0, u_grad = 0;
};

/// A number that a formula predicts, and how far a textbook computation of it may be off.
struct Predicted {
  double value = 0;
  double tolerance = 0;

  /// Returns |got - value| in tolerances: 0 where both are the same infinity or NaN, and infinity
  /// where one of them is none.
  double deviation(double got) const;
  /// Returns log2 of the distance from the exact value in tolerances, where it is at least 2: how
  /// little a result that agrees would by chance. 0 where the two cannot be told apart.
  double bits(double exact) const;
};

/// One row of a formula's results, each as the doubt has it: scaled by the reduction.
struct Prediction {
  Row row;
  double loss_scale = 1, grad_scale = 1, lse_scale = 1;
  double slack = 1;
  const Precision* precision = nullptr;

  Predicted loss() const;
  Predicted lse() const;
  Predicted grad(std::size_t j) const;
};

/// A formula with the scales of its reductions.
struct Candidate {
  Candidate(const Formula& of, const Doubt& doubt);

  Formula formula;
  Scales loss, grad;
  double slack = 1;  // by which tolerances are multiplied: 2 where a parameter was estimated
};

/// What a reduced loss needs of a row.
struct RowShare {
  bool counts = false;  // it is not unknown
  double loss = 0, error = 0;
};

RowShare share_of(const Row& row);

/// Returns the reduced loss of these rows, all that there are, by a candidate.
Predicted reduced_loss(const Candidate& candidate, std::span<const RowShare> rows,
                       const Precision& precision);

/// Whether a row's results are those of the problem, and how far they are from them.
struct GivenRow {
  std::array<bool, all_quantities.size()> right = {true, true, true};
  std::array<double, all_quantities.size()> off = {0, 0, 0};  // the deviation, in tolerances
  std::ptrdiff_t worst_column = 0;                            // of the gradient
};

class Given {
 public:
  Given(const Doubt& doubt, int threads);

  const Doubt& doubt() const { return doubt_; }
  const Precision& precision() const { return precision_; }
  const Candidate& exact() const { return exact_; }
  int threads() const { return threads_; }
  const GivenRow& row(std::ptrdiff_t i) const { return rows_[static_cast<std::size_t>(i)]; }
  const Predicted& reduced() const { return reduced_; }

  /// Returns whether the doubt has the quantity; whether it has one for each row; and whether one
  /// of them is wrong.
  bool has(Quantity quantity) const;
  bool by_rows(Quantity quantity) const;
  bool wrong(Quantity quantity) const { return wrong_[index_of(quantity)]; }
  bool any_wrong() const { return wrong_[0] || wrong_[1] || wrong_[2]; }

  /// Computes row i by a candidate, with the gradient where the doubt has one and it is wanted.
  void predict(const Candidate& candidate, std::ptrdiff_t i, Prediction& prediction,
               bool with_grad = true) const;

 private:
  void compare_row(std::ptrdiff_t i, const Prediction& exact);

  const Doubt& doubt_;
  Precision precision_;
  Candidate exact_;
  int threads_;
  std::vector<GivenRow> rows_;
  Predicted reduced_;
  std::array<bool, all_quantities.size()> wrong_ = {};
};

}  // namespace xent::explain
