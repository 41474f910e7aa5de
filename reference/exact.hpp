// SPDX-License-Identifier: MIT
// An Exact is what a number N knows of an exact value y.
#pragma once

#include <cmath>

#include "reference/numbers/number.hpp"

namespace xent::reference {

/// The enclosures of y and of the size of its terms.
template <class N>
struct Exact {
  N value;  // holds y; meaningless where `special` is not 0
  /// Holds |y|, or, where terms may cancel, the sum of their magnitudes: of the two terms of a
  /// gradient component, of |m| and l of a log-sum-exp, of the c_j (d_j + l) of a loss whose c_j
  /// have both signs.
  N size;
  double special = 0;      // NaN or an infinity where the policy answers that, else 0
  bool open = false;       // y is neither end of `value` (it is transcendental)
  bool open_size = false;  // the same of `size`
  bool mixed = false;      // the c_j, or the losses that are added, are of both signs
};

/// Tells whether nothing is known of y, not even that it is a number.
template <class N>
bool is_unknown(const Exact<N>& exact) {
  return exact.special == 0 && std::isinf(lower_double(exact.value)) &&
         std::isinf(upper_double(exact.value));
}

}  // namespace xent::reference
