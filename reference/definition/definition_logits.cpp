// SPDX-License-Identifier: MIT
// What a softcap and a temperature make of logits, in the ball arithmetic of Arb.
#include "reference/definition/definition_logits.hpp"

#include <cmath>

namespace xent::reference {

Real defined_logit(const Options& options, double x, long bits) {
  Real z(x);
  const Real s(options.softcap);
  if (options.softcap != 0) {
    arb_div(z.get(), z.get(), s.get(), bits);
    arb_tanh(z.get(), z.get(), bits);
    arb_mul(z.get(), z.get(), s.get(), bits);
  }
  if (options.temperature != 0) arb_div(z.get(), z.get(), Real(options.temperature).get(), bits);
  return z;
}

Real defined_slope(const Options& options, double x, long bits) {
  Real slope(1);
  if (options.softcap != 0 && std::isfinite(x)) {
    arb_div(slope.get(), Real(x).get(), Real(options.softcap).get(), bits);
    arb_sech(slope.get(), slope.get(), bits);
    arb_sqr(slope.get(), slope.get(), bits);
  }
  if (options.temperature != 0)
    arb_div(slope.get(), slope.get(), Real(options.temperature).get(), bits);
  return slope;
}

}  // namespace xent::reference
