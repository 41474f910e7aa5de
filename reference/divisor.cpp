// SPDX-License-Identifier: MIT
// Computes what the sum of the rows' losses is divided by.
#include "reference/divisor.hpp"

#include <cmath>
#include <limits>

#include "reference/numbers/ladder.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Calls `add` with the weight of each row that counts; for soft targets once, with N.
template <class Index, class Add>
void for_each_weight(const Labels<Index>& labels, const AnyProblem& problem, Add add) {
  for (std::ptrdiff_t i = 0; i < labels.size; ++i) {
    if (problem.options.ignore_index == labels[i]) continue;
    add(problem.weight.data == nullptr ? 1
                                       : problem.weight[static_cast<std::ptrdiff_t>(labels[i])]);
  }
}
template <class Soft, class Add>
void for_each_weight(const Soft&, const AnyProblem& problem, Add add) {
  add(static_cast<double>(problem.logits.rows()));
}

/// Makes y the infinity or the NaN that y / 0 is; unknown where the sign of y is.
template <class N>
void divide_by_0(Exact<N>& y) {
  if (const int s = sign(y.value); s != 0)
    y.special = s * infinity;
  else if (is_zero(y.value))
    y.special = std::numeric_limits<double>::quiet_NaN();
  else
    y.value = unknown<N>();
}

}  // namespace

Divisor::Divisor(const AnyProblem& problem) {
  if (problem.options.reduction != Reduction::mean) return;
  double special = 0;
  sum_ = Finest();
  const auto add = [&](double weight) {
    if (std::isfinite(weight))
      sum_ += Finest(weight);
    else
      special += weight;
  };
  std::visit([&](const auto& targets) { for_each_weight(targets, problem, add); }, problem.targets);
  value_ = special != 0 ? special : mpfr_get_d(lower(sum_), MPFR_RNDZ);
  is_value_ = special != 0 || mpfr_cmp_d(lower(sum_), value_) == 0;
}

template <class N>
Exact<N> Divisor::divide(Exact<N> y) const {
  if (value_ == 1 && is_value_) return y;
  if (y.special != 0 || std::isnan(value_)) {
    y.special = std::isnan(value_) ? value_ : y.special / value_;
  } else if (std::isinf(value_)) {
    if (!is_unknown(y)) y = {};  // else y may be an infinity, and the quotient NaN
  } else if (value_ == 0 && is_value_) {
    divide_by_0(y);
  } else {
    const N divisor = is_value_ ? N(value_) : enclosing<N>(sum_);
    y.value /= divisor;
    y.size /= magnitude(divisor);
  }
  return y;
}

#define XENT_INSTANTIATE(...) template Exact<__VA_ARGS__> Divisor::divide(Exact<__VA_ARGS__>) const;
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
