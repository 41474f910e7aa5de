// SPDX-License-Identifier: MIT
// A LogitMap encloses what a softcap s and a temperature T make of logits, in the numbers N:
//
//   z = f(x) = s tanh(x / s) / T,   f(a) - f(b),   f'(x) = 1 / (T cosh(x / s)^2)
//
// With E(y) = exp(-2 y / s), where no term cancels but 1 - E of small numbers,
//
//   tanh(x / s) = (1 - E(x)) / (1 + E(x)),   1 / cosh(x / s)^2 = 4 E(x) / (1 + E(x))^2
//   tanh(a / s) - tanh(b / s) = 2 E(b) (1 - E(a - b)) / ((1 + E(a)) (1 + E(b)))
//
// for x >= 0 and a >= b >= 0; where a and b differ in sign the difference is a sum.
#pragma once

#include <xent/problem.hpp>

#include "reference/numbers/number.hpp"

namespace xent::reference {

/// The map of the logits by the options of a problem. Instantiated for the numbers of number.hpp.
template <class N>
class LogitMap {
 public:
  explicit LogitMap(const Options& options)
      : softcap_(options.softcap), temperature_(options.temperature) {}

  /// Returns z of a finite x; x itself without a softcap and a temperature.
  N operator()(double x) const;
  /// Sets result to f(a) - f(b), for finite a and b.
  void set_difference(N& result, double a, double b) const;
  /// Returns f'(x) of a finite x, 1 without a softcap and a temperature.
  N slope(double x) const;

 private:
  N decay(const N& y) const;
  N capped(double x) const;
  N capped_difference(double a, double b) const;

  double softcap_;      // 0 where there is none
  double temperature_;  // 0 where there is none
};

}  // namespace xent::reference
