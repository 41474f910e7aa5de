// SPDX-License-Identifier: MIT
// Encloses the loss and the gradient of a row of given log-probabilities or probabilities.
#include "reference/logits/given_row.hpp"

#include <cmath>
#include <limits>

#include <xent/log_prob.hpp>

#include "reference/logits/log_prob.hpp"
#include "reference/numbers/ladder.hpp"
#include "reference/numbers/logarithm.hpp"

namespace xent::reference {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Collects the terms of the loss.
template <class N>
class Terms {
 public:
  explicit Terms(const RowProblem& row, const Coefficients<N>& c) : row_(row), c_(c) {}

  /// Adds that of class j, with c_j != 0.
  void add(std::ptrdiff_t j) {
    ++given_.targets;
    const N c_j = c_[j];
    const int sign_of_c = c_.sign_of(j);
    const Exact<N> z = enclosed_log_prob<N>(row_.options, row_.x(j));
    if (kl_ && sign_of_c < 0) return add_special(not_a_number);
    if (z.special != 0 && sign_of_c != 0) return add_special(-sign_of_c * z.special);
    if (sign_of_c == 0 && (kl_ || z.special != 0)) {
      left_open_ = true;
      return;
    }
    const N gap = z.value * c_j;
    given_.gap += magnitude(gap);
    given_.loss.open_size = given_.loss.open_size || z.open;
    N term = N() - gap;
    if (kl_) add_entropy(c_j, term);
    if (kl_ && is_ratio_1(c_j, row_.x(j))) return;
    if (is_zero(term)) return;
    const int sign_of_term = kl_ ? sign(term) : -sign_of_c * sign(z.value);
    positive_ = positive_ || sign_of_term >= 0;
    negative_ = negative_ || sign_of_term <= 0;
    given_.loss.value += term;
    given_.loss.size += magnitude(term);
  }

  GivenLoss<N> loss() {
    Exact<N>& loss = given_.loss;
    given_.sign = kl_ || positive_ == negative_ ? 0 : positive_ ? 1 : -1;
    loss.mixed = kl_ || (positive_ && negative_);
    loss.open = loss.open_size && given_.sign != 0;
    if (kl_) loss.open = !has_zero(row_.options.input == Input::probs ? loss.value : logs_);
    loss.open_size = loss.open_size && !kl_;
    if (left_open_) {
      loss.special = 0;
      loss.value = unknown<N>();
    }
    return given_;
  }

 private:
  void add_special(double value) { given_.loss.special += value; }

  /// Adds c_j log c_j to the term.
  void add_entropy(const N& c_j, N& term) {
    const N log_c = c_j * logarithm(c_j / N(c_.divisor()));
    const double size = upper_double(c_j) / c_.divisor();
    given_.entropy += std::abs(size * std::log(size));
    logs_ += log_c;
    term += log_c;
  }

  /// Tells whether c_j is the probability x: the term is then 0, which two logarithms do not show.
  bool is_ratio_1(const N& c_j, double x) const {
    return row_.options.input == Input::probs && log_prob_slope(row_.options, x) != 0 &&
           is_zero(c_j - N(x) * N(c_.divisor()));
  }

  const RowProblem& row_;
  const Coefficients<N>& c_;
  bool kl_ = row_.options.kl_divergence;
  GivenLoss<N> given_;
  N logs_;  // sum_j c_j log c_j
  bool positive_ = false;
  bool negative_ = false;
  bool left_open_ = false;  // a term is infinite, or no number, for a c_j whose sign N cannot tell
};

}  // namespace

template <class N>
GivenLoss<N> loss_of_given(const RowProblem& row, const Coefficients<N>& c) {
  Terms<N> terms(row, c);
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j)
    if (row.is_target(j) && !is_zero(c[j])) terms.add(j);
  return terms.loss();
}

template <class N>
Exact<N> gradient_of_given(const RowProblem& row, const Coefficients<N>& c, std::ptrdiff_t j) {
  Exact<N> g;
  const N c_j = c[j];
  const double v = row.row_weight;
  if (is_zero(c_j)) return g;
  const double x = row.x(j);
  const long double slope = log_prob_slope(row.options, static_cast<long double>(x));
  if (std::isnan(slope) || (std::isinf(slope) && v != 0 && c.sign_of(j) != 0)) {
    g.special = -v * c.sign_of(j) * static_cast<double>(slope);
    return g;
  }
  if (std::isinf(slope) && v != 0) g.value = unknown<N>();
  if (std::isinf(slope) || slope == 0) return g;
  g.value -= c_j * N(v);
  if (row.options.input == Input::probs) g.value /= N(x);
  g.value /= N(c.divisor());
  g.size = magnitude(g.value);
  return g;
}

#define XENT_INSTANTIATE(...)                                                      \
  template struct GivenLoss<__VA_ARGS__>;                                          \
  template GivenLoss<__VA_ARGS__> loss_of_given(const RowProblem&,                 \
                                                const Coefficients<__VA_ARGS__>&); \
  template Exact<__VA_ARGS__> gradient_of_given(const RowProblem&,                 \
                                                const Coefficients<__VA_ARGS__>&, std::ptrdiff_t);
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
