// SPDX-License-Identifier: MIT
// Encloses the loss and the gradient of a row of given log-probabilities or probabilities,
//
//   loss = sum_j c_j (-z_j),   g_j = -c_j dz_j / dx_j
//
// with z_j of reference/logits/log_prob.hpp; a divergence adds sum_j c_j log c_j to the loss. A
// class with c_j = 0 adds nothing, and has the gradient 0; of others z_j and its slope count as
// they are, infinite or NaN.
#pragma once

#include <cstddef>

#include "reference/coefficients.hpp"
#include "reference/exact.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// The loss of the row of weight 1 and what is known of its terms, all times c.divisor().
template <class N>
struct GivenLoss {
  Exact<N> loss;
  N gap;                       // sum_j |c_j z_j|
  double entropy = 0;          // sum_j |c_j log c_j| of a divergence, else 0
  std::ptrdiff_t targets = 0;  // the number of j with c_j != 0
  int sign = 0;                // of all terms; 0 where they are of both signs, or 0
};

/// Returns the loss. A sum of logarithms of rational numbers with rational coefficients is
/// irrational where it is not 0 (Baker, "Linear forms in the logarithms of algebraic numbers",
/// Mathematika 13, 1966), as it cannot be where its terms are of one sign; so is sum_j c_j log c_j,
/// of which a divergence from log-probabilities differs by a rational number. Instantiated for the
/// numbers of number.hpp.
template <class N>
GivenLoss<N> loss_of_given(const RowProblem& row, const Coefficients<N>& c);

/// Returns component j of the gradient of the row, of its weight, which is rational: it is divided
/// last, so that a quotient that is a tie of a format is one here.
template <class N>
Exact<N> gradient_of_given(const RowProblem& row, const Coefficients<N>& c, std::ptrdiff_t j);

}  // namespace xent::reference
