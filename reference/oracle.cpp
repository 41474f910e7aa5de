// SPDX-License-Identifier: MIT
// Oracle: certified enclosures of one row's loss and gradient.
#include "reference/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

template <unsigned Digits, class T>
RowEnclosure<Digits, T>::RowEnclosure(const Problem<T>& problem, std::ptrdiff_t i,
                                      bool with_gradient)
    : softmax_(problem.logits.row(i), with_gradient),
      q_(problem, i),
      divisor_(problem.options.reduction == Reduction::mean
                   ? static_cast<double>(problem.logits.rows)
                   : 1) {
  if (softmax_.has_maximum() && q_.finite())
    sum_loss(problem.logits.cols);
  else
    loss_.special = not_a_number;
}

template <unsigned Digits, class T>
void RowEnclosure<Digits, T>::sum_loss(std::ptrdiff_t classes) {
  total_ = q_.total();
  Interval<Digits> mass;  // sum_j |q_j|
  Interval<Digits> gap;   // sum_j |q_j| d_j
  std::ptrdiff_t targets = 0;
  for (std::ptrdiff_t j = 0; j < classes; ++j) {
    const double q = q_[j];
    if (q == 0) continue;
    ++targets;
    mass += std::abs(q);
    if (softmax_.logit(j) == -infinity) {
      loss_.special = infinity;
      continue;
    }
    const Interval<Digits> term = softmax_.distance(j) * q;
    loss_.value += term;
    gap += magnitude(term);
  }
  loss_.value += total_ * softmax_.tail();
  loss_.size = magnitude(loss_.value);
  const bool tail_is_0 = softmax_.all_tied() && softmax_.ties() == 1;
  loss_.open = !tail_is_0 && mpfi_has_zero(raw(total_)) == 0;
  facts_ = softmax_.facts();
  facts_.target_mass = lower_double(mass);
  facts_.gap = lower_double(gap);
  facts_.targets = static_cast<double>(targets);
}

template <unsigned Digits, class T>
Exact<Digits> RowEnclosure<Digits, T>::gradient(std::ptrdiff_t j) const {
  Exact<Digits> g;
  if (std::isnan(loss_.special)) {
    g.special = not_a_number;
    return g;
  }
  const double q = q_[j];
  const bool masked = softmax_.logit(j) == -infinity;
  if (masked)
    g.value = Interval<Digits>(-q) / divisor_;
  else if (softmax_.at_maximum(j))
    g.value = gradient_at_maximum(j);
  else
    g.value = (softmax_.exp(j) * total_ / softmax_.sum() - q) / divisor_;
  g.open = !masked && !softmax_.all_tied() && mpfi_has_zero(raw(total_)) == 0;
  if (masked || q == 0) {  // one of the two terms is 0
    g.size = magnitude(g.value);
    return g;
  }
  g.size = softmax_.sum_without(j) * std::abs(q);
  g.size += magnitude(Interval<Digits>(softmax_.exp(j) * q_.total_without(j)));
  g.size /= softmax_.sum() * divisor_;
  return g;
}

template <unsigned Digits, class T>
Interval<Digits> RowEnclosure<Digits, T>::gradient_at_maximum(std::ptrdiff_t j) const {
  const std::ptrdiff_t k = softmax_.ties();
  const Interval<Digits> others = q_.total_without(j);
  if (mpfr_cmp_si(upper(softmax_.below()), k) > 0)
    return (others - softmax_.sum_without(j) * q_[j]) / (softmax_.sum() * divisor_);
  const Interval<Digits> divisor = Interval<Digits>(k) * divisor_;
  return (others - Interval<Digits>(k - 1) * q_[j]) / divisor -
         total_ * softmax_.below() / (softmax_.sum() * divisor);
}

template <unsigned Digits, class T>
GradFacts RowEnclosure<Digits, T>::grad_facts(std::ptrdiff_t j) const {
  GradFacts facts{.q = std::abs(q_[j]), .scale = 1 / divisor_};
  const double x = softmax_.logit(j);
  if (x == -infinity || std::isnan(loss_.special)) return facts;
  facts.p = lower_double(softmax_.exp(j)) / lower_double(softmax_.sum());
  facts.distance = std::min(softmax_.maximum() - x, std::numeric_limits<double>::max());
  return facts;
}

#define XENT_INSTANTIATE(digits)              \
  template class RowEnclosure<digits, float>; \
  template class RowEnclosure<digits, double>;
XENT_FOR_EACH_PRECISION(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
