// SPDX-License-Identifier: MIT
// Encloses what a softcap and a temperature make of logits.
#include "reference/logits/logit_map.hpp"

#include <algorithm>
#include <cmath>

#include "reference/numbers/ladder.hpp"

namespace xent::reference {

/// Returns E(y) = exp(-2 y / s), for y >= 0.
template <class N>
N LogitMap<N>::decay(const N& y) const {
  N result;
  exponential(result, y * -2 / N(softcap_));
  return result;
}

/// Returns s tanh(x / s).
template <class N>
N LogitMap<N>::capped(double x) const {
  const N e = decay(N(std::abs(x)));
  const N size = (N(1) - e) / (N(1) + e) * softcap_;
  return x < 0 ? N() - size : size;
}

/// Returns s (tanh(a / s) - tanh(b / s)), for a >= b.
template <class N>
N LogitMap<N>::capped_difference(double a, double b) const {
  if ((a > 0) != (b > 0)) return capped(a) - capped(b);
  N between;
  reference::set_difference(between, a, b);
  const N near = decay(N(std::min(std::abs(a), std::abs(b))));
  const N far = decay(N(std::max(std::abs(a), std::abs(b))));
  return near * 2 * (N(1) - decay(between)) / ((N(1) + near) * (N(1) + far)) * softcap_;
}

template <class N>
N LogitMap<N>::operator()(double x) const {
  const N z = softcap_ == 0 ? N(x) : capped(x);
  return temperature_ == 0 ? z : z / N(temperature_);
}

template <class N>
void LogitMap<N>::set_difference(N& result, double a, double b) const {
  if (a == b) {
    result = N();
    return;
  }
  if (softcap_ == 0)
    reference::set_difference(result, a, b);
  else if (a >= b)
    result = capped_difference(a, b);
  else
    result = N() - capped_difference(b, a);
  if (temperature_ != 0) result /= N(temperature_);
}

template <class N>
N LogitMap<N>::slope(double x) const {
  N slope(1);
  if (softcap_ != 0) {
    const N e = decay(N(std::abs(x)));
    const N root = N(1) + e;
    slope = e * 4 / (root * root);
  }
  return temperature_ == 0 ? slope : slope / N(temperature_);
}

#define XENT_INSTANTIATE(...) template class LogitMap<__VA_ARGS__>;
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
