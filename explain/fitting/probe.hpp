// SPDX-License-Identifier: MIT
// A Probe is one number of a row, by which the row knows a value of the parameter.
#pragma once

#include <cstddef>
#include <vector>

#include "explain/fitting/given.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain {

/// A row's own value of the parameter, and how far it may be off.
struct Own {
  double value = 0;
  double uncertain = 0;
};

/// The row's loss where that is wrong, else the component that is farthest off, else the
/// log-sum-exp.
class Probe {
 public:
  /// `candidate` has the variant planted with some value.
  Probe(const Given& given, std::ptrdiff_t i, Candidate candidate, const Variant& variant);

  /// Returns false where no number of the row is wrong, or the variant says nothing about it.
  bool usable() const { return usable_ && (of_ != Quantity::grad || candidate_.formula.has_grad); }

  /// Returns the values with which the variant gives the number.
  std::vector<Own> own(const Parameter& parameter);

 private:
  Predicted at(double value);

  const Given& given_;
  const Variant& variant_;
  Candidate candidate_;
  std::ptrdiff_t i_;
  Quantity of_ = Quantity::loss;
  std::size_t column_ = 0;
  double got_ = 0;
  bool usable_ = true;
  Prediction prediction_;
};

}  // namespace xent::explain
