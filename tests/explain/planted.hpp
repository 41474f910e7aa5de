// SPDX-License-Identifier: MIT
// Planted: results of a case in which a hypothesis is put on purpose.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <xent/element.hpp>
#include <xent/implementation.hpp>

#include "cases/case.hpp"
#include "explain/doubt.hpp"
#include "explain/hypothesis.hpp"

namespace xent::tests {

/// What is planted into which results.
struct Plan {
  cases::Recipe recipe;  // its element type is that of logits and results
  std::vector<std::ptrdiff_t> row_shape = {};
  bool with_loss = true, with_grad = true, with_lse = false;
};

/// A problem of logits of type T with results of that type; it owns them, and stays where it is.
template <class T>
class Planted {
 public:
  explicit Planted(const Plan& plan);
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;

  /// Returns the problem beside results, which are those of the last plant(), or absent.
  explain::Doubt doubt();

  /// Makes the results those of the formula.
  void plant(const explain::Formula& formula);

  /// Makes the results those of an implementation.
  void compute(const Implementation& implementation);

  std::vector<T> loss, grad, lse;

 private:
  Plan plan_;
  cases::Case<T> case_;
};

extern template class Planted<float>;
extern template class Planted<double>;
extern template class Planted<bf16>;

}  // namespace xent::tests
