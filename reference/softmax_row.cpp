// SPDX-License-Identifier: MIT
// SoftmaxRow: certified enclosures of what the logits alone decide.
#include "reference/softmax_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/exact.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// result = a - b.
template <unsigned Digits>
void difference(Interval<Digits>& result, double a, double b) {
  mpfi_set_d(raw(result), a);
  mpfi_sub_d(raw(result), raw(result), b);
}

}  // namespace

template <unsigned Digits, class T>
SoftmaxRow<Digits, T>::SoftmaxRow(VectorView<const T> logits, bool keep_exps)
    : x_(logits), maximum_(-infinity) {
  find_maximum();
  if (has_maximum()) add_exps(keep_exps);
}

template <unsigned Digits, class T>
void SoftmaxRow<Digits, T>::find_maximum() {
  for (std::ptrdiff_t j = 0; j < x_.size; ++j) {
    const double x = logit(j);
    if (std::isnan(x) || x == infinity) {
      ties_ = 0;
      return;
    }
    if (x == -infinity) continue;
    facts_.max_abs = std::max(facts_.max_abs, std::abs(x));
    if (x > maximum_) ties_ = 0;
    maximum_ = std::max(maximum_, x);
    if (x == maximum_) ++ties_;
  }
}

template <unsigned Digits, class T>
void SoftmaxRow<Digits, T>::add_exps(bool keep_exps) {
  if (keep_exps) exps_.resize(static_cast<std::size_t>(x_.size));
  Interval<Digits> minus_d;
  Interval<Digits> e;
  Interval<Digits> moment;  // - sum_j e_j d_j
  for (std::ptrdiff_t j = 0; j < x_.size; ++j) {
    if (at_maximum(j) || logit(j) == -infinity) continue;
    all_tied_ = false;
    difference(minus_d, logit(j), maximum_);
    exponential(e, minus_d);
    if (keep_exps) exps_[static_cast<std::size_t>(j)] = e;
    below_ += e;
    moment += minus_d *= e;
  }
  sum_ = below_ + ties_;
  tail_ = log1p(below_ + (ties_ - 1));
  facts_.classes = static_cast<double>(x_.size);
  facts_.tail = lower_double(tail_);
  facts_.spread = std::abs(upper_double(moment /= sum_));
}

template <unsigned Digits, class T>
const Interval<Digits>& SoftmaxRow<Digits, T>::exp(std::ptrdiff_t j) const {
  return at_maximum(j) ? one_ : exps_[static_cast<std::size_t>(j)];
}

template <unsigned Digits, class T>
Interval<Digits> SoftmaxRow<Digits, T>::sum_without(std::ptrdiff_t j) const {
  if (at_maximum(j)) return below_ + (ties_ - 1);
  return (below_ - exp(j)) + ties_;
}

template <unsigned Digits, class T>
Interval<Digits> SoftmaxRow<Digits, T>::distance(std::ptrdiff_t j) const {
  Interval<Digits> d;
  difference(d, maximum_, logit(j));
  return d;
}

#define XENT_INSTANTIATE(digits)            \
  template class SoftmaxRow<digits, float>; \
  template class SoftmaxRow<digits, double>;
XENT_FOR_EACH_PRECISION(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
