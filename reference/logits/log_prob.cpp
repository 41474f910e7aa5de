// SPDX-License-Identifier: MIT
// Encloses the log-probability of a class where no logits are given.
#include "reference/logits/log_prob.hpp"

#include <cmath>
#include <limits>

#include "reference/numbers/ladder.hpp"
#include "reference/numbers/logarithm.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Tells whether the probability x is clipped from above; 1 - x is exact where it can be.
bool is_above(const Options& options, double x) {
  return options.clip != 0 && 1 - x < options.clip;
}

template <class N>
Exact<N> log_of_prob(const Options& options, double x) {
  Exact<N> z;
  if (options.clip != 0 && x < options.clip)
    z.value = logarithm(N(options.clip));
  else if (is_above(options, x))
    z.value = log1p(N(-options.clip));
  else if (x > 0 && x < infinity)
    z.value = logarithm(N(x));
  else
    z.special = x == 0 ? -infinity : x > 0 ? infinity : not_a_number;
  z.open = z.special == 0 && !is_zero(z.value);
  return z;
}

}  // namespace

template <class N>
Exact<N> enclosed_log_prob(const Options& options, double x) {
  if (options.input == Input::probs) return log_of_prob<N>(options, x);
  Exact<N> z;
  if (std::isfinite(x))
    z.value = N(x);
  else
    z.special = x;
  return z;
}

#define XENT_INSTANTIATE(...) template Exact<__VA_ARGS__> enclosed_log_prob(const Options&, double);
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
