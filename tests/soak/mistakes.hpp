// SPDX-License-Identifier: MIT
// Mistakes: what each does to the results of one row, or of all, that were right.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <thread>
#include <variant>

#include <xent/mapped_logit.hpp>
#include <xent/problem.hpp>

namespace xent::soak {

enum class Mistake {
  none,
  other_unit,         // a label's weight above 2^32 where exp(m) overflows a float: NaN
  product_overflows,  // w d overflows before l is added: inf - inf
  sum_overflows,  // the terms of one sign, or losses of a mean, overflow before the rest is added
  infinite_underflow,  // an infinite weight times a loss that underflowed to 0: NaN
  flushed_in_workers,  // subnormal results are 0, but not in the first thread
  short_long_double,   // the arithmetic has the precision of the results
  place,               // a row that begins elsewhere is rounded otherwise
  cancelled_sign,      // a component of wrong sign where the weights cancel
};

/// One row against a label without smoothing, z-loss, temperature and softcap, in extended
/// precision.
template <class T>
struct LabelledRow {
  bool counts = false;  // neither ignored nor special
  long double weight = 1, maximum = 0, distance = 0, tail = 0;

  LabelledRow(const Problem<T>& problem, std::ptrdiff_t i) {
    const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets);
    const Options& options = problem.options;
    if (labels == nullptr || options.label_smoothing != 0 || options.z_loss != 0) return;
    if (maps_logits(options)) return;
    const std::int64_t y = (*labels)[i];
    if (problem.options.ignore_index == y) return;
    if (problem.weight.data != nullptr) weight = static_cast<long double>(problem.weight[y]);
    maximum = -std::numeric_limits<long double>::infinity();
    for (std::ptrdiff_t j = 0; j < problem.logits.cols; ++j)
      maximum = std::max(maximum, static_cast<long double>(problem.logits(i, j)));
    long double sum = -1;
    for (std::ptrdiff_t j = 0; j < problem.logits.cols; ++j)
      sum += std::exp(static_cast<long double>(problem.logits(i, j)) - maximum);
    tail = std::log1p(sum);
    distance = maximum - static_cast<long double>(problem.logits(i, y));
    counts = std::isfinite(tail) && std::isfinite(distance);
  }
};

template <class X>
bool overflows(long double x) {
  return std::isinf(static_cast<X>(static_cast<double>(x)));
}

template <class X>
bool is_subnormal(X x) {
  return std::isfinite(x) && std::fabs(x) < std::numeric_limits<X>::min();
}

/// The sum of the terms above 0 of a row of probabilities, in units of 1.
template <class T>
long double positive_terms(const Problem<T>& problem, const Probs<T>& probs, std::ptrdiff_t i) {
  long double sum = 0;
  for (std::ptrdiff_t j = 0; j < probs.cols; ++j) {
    const auto q = static_cast<long double>(probs(i, j));
    const auto w = problem.weight.data == nullptr ? 1 : static_cast<long double>(problem.weight[j]);
    const long double term = -q * w * static_cast<long double>(problem.logits(i, j));
    if (std::isfinite(term)) sum += std::max(term, 0.0L);
  }
  return sum;
}

/// What the mistake makes of the loss of a row, by itself.
template <class T, Mistake mistake>
LossOf<T> spoiled(const Problem<T>& problem, std::ptrdiff_t i, LossOf<T> loss) {
  using Loss = LossOf<T>;
  constexpr Loss infinity = std::numeric_limits<Loss>::infinity();
  constexpr Loss nan = std::numeric_limits<Loss>::quiet_NaN();
  if (mistake == Mistake::sum_overflows) {
    const auto* probs = std::get_if<Probs<T>>(&problem.targets);
    const bool large = probs != nullptr && overflows<Loss>(positive_terms(problem, *probs, i));
    return large && std::isfinite(loss) ? infinity : loss;
  }
  const LabelledRow<T> row(problem, i);
  if (!row.counts) return loss;
  if (mistake == Mistake::other_unit) {
    const bool apart = row.maximum > 709 || row.maximum < -532;
    return std::fabs(row.weight) > 0x1p32L && std::isfinite(row.weight) && apart ? nan : loss;
  }
  if (mistake == Mistake::product_overflows)
    return std::isfinite(row.weight) && overflows<Loss>(row.weight * row.distance) ? nan : loss;
  if (mistake == Mistake::infinite_underflow) {
    const auto plain = static_cast<Loss>(static_cast<double>(row.distance + row.tail));
    return std::isinf(row.weight) && plain == 0 ? nan : loss;
  }
  if (mistake == Mistake::short_long_double && std::isfinite(loss)) {
    const auto lse =
        static_cast<Loss>(static_cast<Loss>(row.maximum) + static_cast<Loss>(row.tail));
    const auto x = static_cast<Loss>(row.maximum - row.distance);
    return static_cast<Loss>(static_cast<Loss>(row.weight) * (lse - x));
  }
  return loss;
}

}  // namespace xent::soak
