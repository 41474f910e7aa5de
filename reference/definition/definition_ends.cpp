// SPDX-License-Identifier: MIT
// Coefficients and ends of the second method.
#include "reference/definition/definition_ends.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xent::reference {

Real exact_coefficient(const RowProblem& row, std::ptrdiff_t j) {
  Real c;
  if (!row.is_target(j)) return c;
  arb_one(c.get());
  arb_sub(c.get(), c.get(), Real(row.options.label_smoothing).get(), ARF_PREC_EXACT);
  arb_mul_si(c.get(), c.get(), row.classes(), ARF_PREC_EXACT);
  arb_mul(c.get(), c.get(), Real(row.q(j)).get(), ARF_PREC_EXACT);
  arb_add(c.get(), c.get(), Real(row.options.label_smoothing).get(), ARF_PREC_EXACT);
  arb_mul(c.get(), c.get(), Real(row.w(j)).get(), ARF_PREC_EXACT);
  return c;
}

Real entropy_term(const RowProblem& row, const Real& c, long bits) {
  Real term;
  arb_div_si(term.get(), c.get(), row.classes(), bits);
  arb_log(term.get(), term.get(), bits);
  arb_mul(term.get(), term.get(), c.get(), bits);
  return term;
}

Ends ends_of(const RowProblem& row, Real ball, long bits, long& known_bits) {
  arb_mul(ball.get(), ball.get(), Real(row.row_weight).get(), bits);
  arb_div_si(ball.get(), ball.get(), row.classes(), bits);
  known_bits = std::min(known_bits, static_cast<long>(arb_rel_accuracy_bits(ball.get())));
  Ends ends;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (arb_is_finite(ball.get()) != 0)
    arb_get_interval_mpfr(&raw(ends.value)->left, &raw(ends.value)->right, ball.get());
  else
    mpfi_interv_d(raw(ends.value), -infinity, infinity);
  return ends;
}

DefinedRow row_of_special(const RowProblem& row, double value) {
  Ends ends;
  ends.special = value;
  return {.loss = ends,
          .gradient = std::vector(row.logits.size(), ends),
          .known_bits = std::numeric_limits<long>::max()};
}

bool has_finite_coefficients(const RowProblem& row) {
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j)
    if (row.is_target(j) && !(std::isfinite(row.q(j)) && std::isfinite(row.w(j)))) return false;
  return true;
}

}  // namespace xent::reference
