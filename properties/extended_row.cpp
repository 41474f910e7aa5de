// SPDX-License-Identifier: MIT
// The facts of a row, by sums of terms that are not negative.

#include "properties/extended_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

namespace xent::properties {
namespace {

template <class T>
std::vector<T> weights(const Problem<T>& problem, std::ptrdiff_t row) {
  const auto classes = static_cast<std::size_t>(problem.logits.cols);
  std::vector<T> q(classes, T{0});
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
    q[static_cast<std::size_t>((*labels)[row])] = 1;
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
    q[static_cast<std::size_t>((*labels32)[row])] = 1;
  else if (const auto* probs = std::get_if<Probs<T>>(&problem.targets))
    for (std::size_t j = 0; j < classes; ++j) q[j] = (*probs)(row, static_cast<std::ptrdiff_t>(j));
  return q;
}

// As a double, saturated: a bound has no use for inf where the number is finite.
double saturated(long double number) {
  constexpr auto largest = static_cast<long double>(std::numeric_limits<double>::max());
  return static_cast<double>(std::min(number, largest));
}

}  // namespace

template <class T>
ExtendedRow<T>::ExtendedRow(const Problem<T>& problem, std::ptrdiff_t row)
    : q_(weights(problem, row)) {
  for (std::ptrdiff_t j = 0; j < problem.logits.cols; ++j) x_.push_back(problem.logits(row, j));
  if (problem.options.reduction == Reduction::mean)
    scale_ = 1 / static_cast<long double>(problem.logits.rows);
  find_max();
  sum_exponentials();
  weigh_targets();
}

template <class T>
long double ExtendedRow<T>::distance(std::ptrdiff_t j) const {
  return max_ - static_cast<long double>(x_[static_cast<std::size_t>(j)]);
}

template <class T>
void ExtendedRow<T>::find_max() {
  constexpr T inf = std::numeric_limits<T>::infinity();
  argmax_ = static_cast<std::size_t>(std::max_element(x_.begin(), x_.end()) - x_.begin());
  const bool known = std::isfinite(x_[argmax_]) && std::none_of(x_.begin(), x_.end(), [](T x) {
                       return std::isnan(x) || x == inf;
                     });
  max_ =
      known ? static_cast<long double>(x_[argmax_]) : std::numeric_limits<long double>::quiet_NaN();
  facts_.classes = static_cast<double>(x_.size());
  for (const T x : x_)
    if (std::isfinite(x))
      facts_.max_abs = std::max(facts_.max_abs, std::fabs(static_cast<double>(x)));
}

template <class T>
void ExtendedRow<T>::sum_exponentials() {
  long double weighted = 0;  // sum_j e_j d_j
  for (std::size_t j = 0; j < x_.size(); ++j) {
    const long double d = distance(static_cast<std::ptrdiff_t>(j));
    e_.push_back(std::exp(-d));
    if (j != argmax_) others_ += e_[j];
    if (std::isfinite(x_[j])) weighted += e_[j] * d;
  }
  facts_.tail = static_cast<double>(std::log1p(others_));
  facts_.spread = static_cast<double>(weighted / (1 + others_));
}

template <class T>
void ExtendedRow<T>::weigh_targets() {
  for (std::size_t j = 0; j < x_.size(); ++j) {
    const auto q = static_cast<long double>(q_[j]);
    if (q == 0) continue;
    facts_.targets += 1;
    mass_ += std::fabs(q);
    if (std::isfinite(x_[j]))
      gap_ += std::fabs(q) * distance(static_cast<std::ptrdiff_t>(j));
    else
      infinite_ = true;
  }
  facts_.target_mass = static_cast<double>(mass_);
  facts_.gap = saturated(gap_);
}

template <class T>
long double ExtendedRow<T>::gap() const {
  return infinite_ ? std::numeric_limits<long double>::infinity() : gap_;
}

template <class T>
long double ExtendedRow<T>::loss() const {
  return std::isnan(max_) ? max_ : gap() + mass_ * std::log1p(others_);
}

template <class T>
GradFacts ExtendedRow<T>::grad_facts(std::ptrdiff_t j) const {
  const auto at = static_cast<std::size_t>(j);
  return {.p = static_cast<double>(e_[at] / (1 + others_)),
          .q = std::fabs(static_cast<double>(q_[at])),
          .distance = std::isfinite(x_[at]) ? saturated(distance(j)) : 0,
          .scale = static_cast<double>(scale_)};
}

template <class T>
long double ExtendedRow<T>::grad_size(std::ptrdiff_t j) const {
  const auto at = static_cast<std::size_t>(j);
  const long double other_exponentials = at == argmax_ ? others_ : 1 + (others_ - e_[at]);
  const long double weight = std::fabs(static_cast<long double>(q_[at]));
  return scale_ * (e_[at] * (mass_ - weight) + weight * other_exponentials) / (1 + others_);
}

template class ExtendedRow<float>;
template class ExtendedRow<double>;

}  // namespace xent::properties
