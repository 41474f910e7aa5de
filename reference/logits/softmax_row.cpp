// SPDX-License-Identifier: MIT
// Computes certified enclosures of all that depends on the logits of a row alone.
#include "reference/logits/softmax_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>

#include "reference/numbers/compensated_sum.hpp"
#include "reference/numbers/ladder.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

template <class N>
SoftmaxRow<N>::SoftmaxRow(std::span<const double> logits, const Options& options, bool keep_exps)
    : x_(logits), options_(options), map_(options), maximum_(-infinity) {
  facts_.mapped = maps_logits(options);
  facts_.capped = options.softcap != 0;
  facts_.per_temperature = per_temperature(options);
  facts_.given = is_given(options);
  if (facts_.given)
    be_without_softmax();
  else
    find_maximum();
  if (facts_.given || !has_maximum()) return;
  top_ = map_(maximum_);
  add_exps(keep_exps);
}

template <class N>
void SoftmaxRow<N>::find_maximum() {
  for (const double x : x_) {
    if (std::isnan(x) || x == infinity) {
      ties_ = 0;
      return;
    }
    if (x == -infinity) continue;
    facts_.max_abs = std::max(facts_.max_abs, std::abs(mapped_logit(options_, x)));
    if (x > maximum_) ties_ = 0;
    maximum_ = std::max(maximum_, x);
    if (x == maximum_) ++ties_;
  }
}

/// Makes the row one of given log-probabilities; facts_.max_abs is then at least the condition of a
/// logarithm, 1.
template <class N>
void SoftmaxRow<N>::be_without_softmax() {
  ties_ = 1;
  sum_ = N(1);
  facts_.classes = static_cast<double>(x_.size());
  facts_.max_abs = options_.input == Input::probs ? 1 : 0;
  for (const double x : x_)
    if (const double z = log_prob(options_, x); std::isfinite(z))
      facts_.max_abs = std::max(facts_.max_abs, std::abs(z));
}

template <class N>
void SoftmaxRow<N>::add_exps(bool keep_exps) {
  if (keep_exps) exps_.resize(x_.size());
  N minus_d;
  N e;
  CompensatedSum moment;  // sum_j e_j d_j
  for (std::size_t j = 0; j < x_.size(); ++j) {
    if (x_[j] == maximum_ || x_[j] == -infinity) continue;
    all_tied_ = false;
    map_.set_difference(minus_d, x_[j], maximum_);
    exponential(e, minus_d);
    if (keep_exps) exps_[j] = e;
    below_ += e;
    const double d = distance_in_double(minus_d, x_[j]);
    moment.add(std::exp(-d) * d);  // e_j is right to 2^-43, or 0
  }
  sum_ = below_ + N(static_cast<double>(ties_));
  tail_ = log1p(below_ + N(static_cast<double>(ties_ - 1)));
  facts_.classes = static_cast<double>(x_.size());
  facts_.tail = lower_double(tail_);
  facts_.lse_size = std::abs(mapped_logit(options_, maximum_)) + facts_.tail;
  facts_.spread = moment.sum() / lower_double(sum_);
}

/// Returns d of the logit x, at most the largest double, where minus_d encloses -d.
template <class N>
double SoftmaxRow<N>::distance_in_double(const N& minus_d, double x) const {
  const double d = facts_.mapped ? std::max(-upper_double(minus_d), 0.0) : maximum_ - x;
  return std::min(d, std::numeric_limits<double>::max());
}

template <class N>
double SoftmaxRow<N>::distance_in_double(std::ptrdiff_t j) const {
  return distance_in_double(facts_.mapped ? N() - distance(j) : N(), logit(j));
}

template <class N>
const N& SoftmaxRow<N>::exp(std::ptrdiff_t j) const {
  return at_maximum(j) ? one_ : exps_[static_cast<std::size_t>(j)];
}

template <class N>
N SoftmaxRow<N>::sum_without(std::ptrdiff_t j) const {
  if (at_maximum(j)) return below_ + N(static_cast<double>(ties_ - 1));
  return (below_ - exp(j)) + N(static_cast<double>(ties_));
}

template <class N>
N SoftmaxRow<N>::distance(std::ptrdiff_t j) const {
  N d;
  map_.set_difference(d, maximum_, logit(j));
  return d;
}

#define XENT_INSTANTIATE(...) template class SoftmaxRow<__VA_ARGS__>;
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
