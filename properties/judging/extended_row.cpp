// SPDX-License-Identifier: MIT
// The facts of a row, by sums of terms that are not negative:
//
//   z_j = f(x_j) (include/xent/mapped_logit.hpp),  m = max z,  d_j = m - z_j,  e_j = exp(-d_j)
//   R = sum_{j != a} e_j (a one argmax),  l = log1p(R)
//   loss = v (sum_j c_j d_j + Q l + k (m + l)^2),  Q = sum_j c_j
//        = v (sum_j c_j (d_j + l + log c_j) + k (m + l)^2)  of a divergence
//   p_j = e_j / (1 + R),  1 - p_j = (sum_{k != j} e_k) / (1 + R)
//
// For log-probabilities z that are given, m = 0 and e_j = 0.

#include "properties/judging/extended_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <xent/mapped_logit.hpp>

namespace xent::properties {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// (1 - eps) q + eps / C, without cancellation: exact but for the quotient and the last rounding.
long double smoothed(double q, double eps, std::ptrdiff_t classes) {
  using Exact = boost::multiprecision::cpp_bin_float_100;
  return static_cast<long double>(((1 - Exact(eps)) * Exact(q) * classes + eps) / classes);
}

// c_j = w_j ((1 - eps) q_j + eps / C).
std::vector<long double> coefficients(const reference::RowProblem& row) {
  const auto eps = static_cast<long double>(row.options.label_smoothing);
  std::vector<long double> c;
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    const auto classes = static_cast<long double>(row.classes());
    const auto q = static_cast<long double>(row.q(j));
    const long double smooth = eps == 0 ? q
                               : q < 0
                                   ? smoothed(row.q(j), row.options.label_smoothing, row.classes())
                                   : (1 - eps) * q + eps / classes;
    c.push_back(row.is_target(j) ? static_cast<long double>(row.w(j)) * smooth : 0);
  }
  return c;
}

// As a double, saturated: a bound has no use for inf where the number is finite.
double saturated(long double number) {
  constexpr auto largest = static_cast<long double>(std::numeric_limits<double>::max());
  return static_cast<double>(std::min(number, largest));
}

// The sum of all but one number: of the others alone where it is the largest, which they leave out.
long double without(long double one, bool is_largest, long double largest, long double others) {
  return is_largest ? others : largest + (others - one);
}

}  // namespace

ExtendedRow::ExtendedRow(const AnyProblem& problem, std::ptrdiff_t row)
    : row_(reference::row_problem(problem, row)) {
  c_.assign(row_.logits.size(), 0);
  if (row_.ignored) return;
  c_ = coefficients(row_);
  find_max();
  sum_exponentials();
  weigh_targets();
}

long double ExtendedRow::distance(std::ptrdiff_t j) const {
  return max_ - z_[static_cast<std::size_t>(j)];
}

long double ExtendedRow::slope(std::ptrdiff_t j) const {
  return mapped_slope(row_.options, static_cast<long double>(row_.x(j)));
}

void ExtendedRow::find_max() {
  const std::vector<double>& x = row_.logits;
  for (const double x_j : x)
    z_.push_back(mapped_logit(row_.options, static_cast<long double>(x_j)));
  facts_.given = is_given(row_.options);
  argmax_ = static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin());
  const bool known = std::isfinite(x[argmax_]) &&
                     std::none_of(x.begin(), x.end(), [](double x_j) { return !(x_j < infinity); });
  max_ = known ? z_[argmax_] : std::numeric_limits<long double>::quiet_NaN();
  if (facts_.given) max_ = 0, argmax_ = z_.size();
  facts_.classes = static_cast<double>(x.size());
  facts_.mapped = maps_logits(row_.options);
  facts_.capped = row_.options.softcap != 0;
  facts_.per_temperature = per_temperature(row_.options);
  for (const long double z : z_)
    if (std::isfinite(z))
      facts_.max_abs = std::max(facts_.max_abs, static_cast<double>(std::fabs(z)));
}

void ExtendedRow::sum_exponentials() {
  long double weighted = 0;  // sum_j e_j d_j
  for (std::size_t j = 0; j < c_.size(); ++j) {
    const long double d = distance(static_cast<std::ptrdiff_t>(j));
    e_.push_back(facts_.given ? 0 : std::exp(-d));
    if (j != argmax_) others_ += e_[j];
    if (std::isfinite(row_.logits[j]) && !facts_.given) weighted += e_[j] * d;
  }
  tail_ = std::log1p(others_);
  facts_.tail = static_cast<double>(tail_);
  facts_.lse_size = static_cast<double>(lse_size());
  facts_.z_loss = row_.options.z_loss;
  facts_.row_weight = std::fabs(row_.row_weight);
  facts_.spread = static_cast<double>(weighted / (1 + others_));
}

void ExtendedRow::weigh_targets() {
  const auto smaller = [](long double a, long double b) { return std::fabs(a) < std::fabs(b); };
  largest_ = static_cast<std::size_t>(std::max_element(c_.begin(), c_.end(), smaller) - c_.begin());
  facts_.divergence = row_.options.kl_divergence;
  facts_.smoothed = row_.options.label_smoothing != 0;
  long double distances = 0;
  for (std::size_t j = 0; j < c_.size(); ++j) {
    const long double c = c_[j];
    if (c == 0) continue;
    facts_.targets += 1;
    if (j != largest_) {
      rest_ += c;
      size_of_rest_ += std::fabs(c);
    }
    const long double d = distance(static_cast<std::ptrdiff_t>(j));
    const long double of_c = facts_.divergence ? tail_ + std::log(c) : 0;
    if (std::isfinite(d + of_c)) {
      gap_ += c * (d + of_c);
      gap_size_ += std::fabs(c * (d + of_c));
      distances += std::fabs(c * d);
    } else {
      masked_ += c > 0 ? d + of_c : -(d + of_c);
    }
    if (facts_.divergence) facts_.entropy += saturated(std::fabs(c * std::log(c)));
  }
  facts_.target_mass = static_cast<double>(size_of_total());
  facts_.gap = saturated(distances);
}

long double ExtendedRow::weighted(long double number) const {
  if (row_.row_weight == 0) return std::isnan(number) ? number : 0;
  return row_.row_weight * number;
}

long double ExtendedRow::gap() const { return weighted(masked_ != 0 ? masked_ : gap_); }

long double ExtendedRow::lse_size() const { return std::fabs(max_) + tail_; }

long double ExtendedRow::total() const { return weighted(c_[largest_] + rest_); }

long double ExtendedRow::coefficient(std::ptrdiff_t j) const {
  return weighted(c_[static_cast<std::size_t>(j)]);
}

long double ExtendedRow::size_of_total() const { return std::fabs(c_[largest_]) + size_of_rest_; }

long double ExtendedRow::loss() const {
  if (row_.ignored || std::isnan(max_)) return max_;
  const long double lse = max_ + tail_;
  return gap() + (facts_.divergence ? 0 : total() * tail_) +
         weighted(row_.options.z_loss * lse * lse);
}

long double ExtendedRow::loss_size() const {
  const long double of_z = row_.options.z_loss * lse_size() * lse_size();
  const long double of_tail = facts_.divergence ? 0 : size_of_total() * tail_;
  return std::fabs(weighted(gap_size_ + of_tail + of_z));
}

GradFacts ExtendedRow::grad_facts(std::ptrdiff_t j) const {
  if (row_.ignored) return {};
  const auto at = static_cast<std::size_t>(j);
  return {.p = static_cast<double>(e_[at] / (1 + others_)),
          .q = std::fabs(static_cast<double>(c_[at])),
          .others = static_cast<double>(
              without(std::fabs(c_[at]), at == largest_, std::fabs(c_[largest_]), size_of_rest_)),
          .distance = std::isfinite(row_.x(j)) ? saturated(distance(j)) : 0,
          .root = softcap_root(row_.options, row_.x(j)),
          .argument = softcap_argument(row_.options, row_.x(j))};
}

long double ExtendedRow::grad_size(std::ptrdiff_t j) const {
  if (row_.ignored) return 0;
  const auto at = static_cast<std::size_t>(j);
  const long double other_exponentials = without(e_[at], at == argmax_, 1, others_);
  const long double other_targets = without(c_[at], at == largest_, c_[largest_], rest_);
  const long double z_size = 2 * row_.options.z_loss * lse_size();
  const long double terms =
      e_[at] * (std::fabs(other_targets) + z_size) + std::fabs(c_[at]) * other_exponentials;
  return std::fabs(weighted(slope(j) * terms / (1 + others_)));
}

}  // namespace xent::properties
