// SPDX-License-Identifier: MIT
// One sign: cases for the laws that hold where no c_j is negative.
#pragma once

#include <cmath>

#include "cases/case.hpp"

namespace xent::properties {

/// The case with the magnitudes of its weights.
template <class T>
cases::Case<T> of_one_sign(cases::Case<T> given) {
  for (T& w : given.weight) w = static_cast<T>(std::fabs(w));
  for (LossOf<T>& v : given.row_weight) v = std::fabs(v);
  return given;
}

}  // namespace xent::properties
