// SPDX-License-Identifier: MIT
// Exact: an exact value y, as far as a number knows it.
#pragma once

#include <cmath>

#include "reference/number.hpp"

namespace xent::reference {

template <class N>
struct Exact {
  N value;  // holds y; meaningless where `special` is not 0
  /// |y|; of a sum that may cancel, the sum of the magnitudes of its terms: the two of a gradient
  /// component, the c_j (d_j + l) of a loss whose c_j have both signs.
  N size;
  double special = 0;      // NaN or an infinity where the policy answers that, else 0
  bool open = false;       // y is neither end of `value` (it is transcendental)
  bool open_size = false;  // the same of `size`
  bool mixed = false;      // the c_j, or the losses that are added, are of both signs
};

/// Whether nothing is known of y, not even that it is a number.
template <class N>
bool is_unknown(const Exact<N>& exact) {
  return exact.special == 0 && std::isinf(lower_double(exact.value)) &&
         std::isinf(upper_double(exact.value));
}

}  // namespace xent::reference
