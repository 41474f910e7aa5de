// SPDX-License-Identifier: MIT
// Computes certified enclosures of one row's loss and gradient, in the terms of SoftmaxRow and of
// the coefficients c_j:
//
// for a row of the weight 1; one of the weight v has v times that.
//
//   loss = sum_j c_j d_j + Q l,                                       Q = sum_j c_j
//        = sum_j c_j (d_j + log (c_j S))                              of a divergence
//
//   g_j  = p_j A_j - c_j sum_{i != j} p_i,   A_j = sum_{i != j} c_i,  p_j = e_j / S        (1)
//        = Q e_j / S - c_j                                            where x_j < m        (2)
//        = (A_j - (t - 1) c_j) / t - Q r / (t S)                      where x_j = m        (3)
//
// where t logits are m, and times f'(x_j) where the logits are mapped. A z-loss adds k lse^2 to the
// loss and z = 2 k lse to Q and to each A_j of the gradient. Form (3) is taken where r <= t, else
// form (1). For c >= 0 nothing cancels in form (1) but its two terms, and forms (2) and (3) lose no
// more than that; against labels one of the two terms of form (1) is 0. In forms (2) and (3), as in
// the loss, all but one term is rational and soon exact, so that a rounding tie is told from its
// neighbours however small an exp(-d) is. With smoothing all is computed times C, which keeps the
// rational part dyadic, and divided by C at the end.
//
// More than 150 lines: one class, whose loss and gradient are made of the same sums.
#include "reference/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>

#include "reference/logits/given_row.hpp"
#include "reference/numbers/ladder.hpp"
#include "reference/numbers/logarithm.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Tells whether the row is computed for w_y = v = 1 and then multiplied by w_y v: it has a label,
/// no smoothing, and a w_y that is NaN or infinite, or such a v and no z-loss.
bool is_scaled(const RowProblem& row) {
  if (row.label < 0 || row.options.label_smoothing != 0) return false;
  if (!std::isfinite(row.row_weight)) return row.options.z_loss == 0;
  return !std::isfinite(row.w(row.label));
}

/// Returns v y, 0 where v is 0 and y no NaN.
template <class N>
Exact<N> times(Exact<N> y, double v) {
  if (v == 1 || std::isnan(y.special)) return y;
  if (v == 0) return {};
  y.value *= N(v);
  y.size *= N(std::abs(v));
  if (v < 0 && y.special != 0) y.special = -y.special;
  return y;
}

}  // namespace

template <class N>
RowEnclosure<N>::RowEnclosure(const RowProblem& row, bool with_gradient)
    : row_(row),
      softmax_(row.logits, row.options, with_gradient && !row.ignored),
      c_(row, is_scaled(row)) {
  facts_ = softmax_.facts();
  facts_.divergence = row.options.kl_divergence;
  facts_.smoothed = row.options.label_smoothing != 0;
  if (row.ignored) return;
  facts_.row_weight = std::abs(row.row_weight);
  is_number_ =
      softmax_.has_maximum() && c_.finite() && (std::isfinite(row.row_weight) || is_scaled(row));
  if (!is_number_) {
    loss_.special = not_a_number;
    multiple_ = loss_;
    return;
  }
  facts_.given ? take_given() : sum_loss();
  if (!is_scaled(row)) {
    if (!facts_.given) weigh();
    return;
  }
  factor_ = row.w(row.label) * row.row_weight;
  const bool is_0 = loss_.special == 0 && sign_of_gradient(row.label) == 0;  // where l = 0 = d_y
  loss_.special = is_0 ? not_a_number : factor_ * infinity;
  if (facts_.given) loss_.special = factor_ * -log_prob(row.options, row.x(row.label));
  multiple_ = loss_;
}

template <class N>
void RowEnclosure<N>::sum_loss() {
  const N total = c_.total();
  N gap;   // sum_j |c_j| d_j
  N size;  // that of all terms of a divergence
  const bool kl = row_.options.kl_divergence;
  bool positive = false;
  bool negative = false;
  bool left_open = false;  // a masked class has a c_j whose sign N cannot tell
  std::ptrdiff_t targets = 0;
  for (std::ptrdiff_t j = 0; j < row_.classes(); ++j) {
    if (!row_.is_target(j)) continue;
    const N c = c_[j];
    if (is_zero(c)) continue;
    ++targets;
    const int sign_of_c = c_.sign_of(j);
    positive = positive || sign_of_c >= 0;
    negative = negative || sign_of_c <= 0;
    if (kl && sign_of_c < 0) loss_.special = not_a_number;
    if (kl && sign_of_c == 0) left_open = true;
    if (softmax_.logit(j) == -infinity) {
      left_open = left_open || sign_of_c == 0;
      if (sign_of_c != 0) loss_.special += sign_of_c * infinity;
      continue;
    }
    N term = softmax_.distance(j) * c;
    gap += magnitude(term);
    if (kl && sign_of_c > 0) term += entropy_term(j, c);
    loss_.value += term;
    size += magnitude(term);
  }
  const N mass = c_.size();         // sum_j |c_j|
  const N distances = loss_.value;  // sum_j c_j d_j
  sign_ = sign(total);
  loss_.mixed = kl || (positive && negative);
  if (kl) {
    loss_.open = is_open_divergence();
    loss_.size = size;
  } else {
    add_tail(gap, mass, total);
  }
  if (row_.options.z_loss != 0) add_z_loss(distances, kl ? N() : total);
  if (left_open) {
    loss_.special = 0;
    loss_.value = unknown<N>();
  }
  share_ = (total + z_) / softmax_.sum();
  keep_loss(mass, gap, targets);
}

/// Makes D the loss D + Q l, of the size gap + mass l where its terms are of both signs.
template <class N>
void RowEnclosure<N>::add_tail(const N& gap, const N& mass, const N& total) {
  loss_.value += total * softmax_.tail();
  const bool tail_is_0 = softmax_.all_tied() && softmax_.ties() == 1;
  loss_.open = !tail_is_0 && sign_ != 0 && !is_capped();
  loss_.open_size = loss_.mixed ? !tail_is_0 && !is_capped() : loss_.open;
  loss_.size = loss_.mixed ? gap + mass * softmax_.tail() : magnitude(loss_.value);
}

/// Takes the loss times v, which is divided after that: it may be rational, and a tie of a format.
template <class N>
void RowEnclosure<N>::take_given() {
  const GivenLoss<N> given = loss_of_given(row_, c_);
  loss_ = is_scaled(row_) ? given.loss : times(given.loss, row_.row_weight);
  sign_ = row_.row_weight > 0 ? given.sign : row_.row_weight < 0 ? -given.sign : 0;
  keep_loss(c_.size(), given.gap, given.targets);
  facts_.entropy = given.entropy;
}

/// Keeps the loss, which is times divisor(), with the facts of the targets.
template <class N>
void RowEnclosure<N>::keep_loss(const N& mass, const N& gap, std::ptrdiff_t targets) {
  multiple_ = loss_;
  loss_.value /= N(c_.divisor());
  loss_.size /= N(c_.divisor());
  multiple_.size = loss_.size;
  facts_.target_mass = lower_double(mass) / c_.divisor();
  facts_.gap = lower_double(gap) / c_.divisor();
  facts_.targets = static_cast<double>(targets);
}

/// Returns c_j log(c_j S), 0 where c_j is 1 / S exactly; adds to the facts.
template <class N>
N RowEnclosure<N>::entropy_term(std::ptrdiff_t j, const N& c) {
  const double size = std::abs(c_.rounded(j));
  facts_.entropy += std::abs(size * std::log(size));
  return c * logarithm(c * softmax_.sum() / N(c_.divisor()));
}

/// Tells whether the divergence is irrational. Were it a rational number r, then exp(r) would be
/// S^Q times a product of rational powers of rational numbers, which is algebraic. Where not all
/// logits are tied and Q > 0, a power of S is a sum of several exponentials of rational numbers,
/// which is no algebraic multiple of one (Lindemann and Weierstrass); where all are tied S is an
/// integer, and exp(r) algebraic only for r = 0.
template <class N>
bool RowEnclosure<N>::is_open_divergence() const {
  if (is_capped() || row_.options.z_loss != 0) return false;
  return softmax_.all_tied() ? !has_zero(loss_.value) : sign_ > 0;
}

/// Makes D + Q l the loss with k lse^2, times divisor(), as
///
///   (D + k m^2) + l (Q + 2 k m + k l)
///
/// whose first part is rational and whose second has a sign that is known however small l is. By
/// the theorem of Lindemann and Weierstrass a loss is irrational where l is not 0: were it
/// rational, then l would be algebraic, and exp(l) = S a sum of exponentials of rational numbers at
/// most 0. Of a component, or of a sum of such losses, no such proof is known, so they are not
/// called open; nor is a divergence, whose D has the rest.
template <class N>
void RowEnclosure<N>::add_z_loss(const N& distances, const N& total) {
  const Exact<N> lse = log_sum_exp();
  const N k = N(row_.options.z_loss) * N(c_.divisor());
  const N& m = softmax_.maximum();
  const N& l = softmax_.tail();
  loss_.value = (distances + k * m * m) + l * (total + k * (N(2) * m + l));
  loss_.size += k * lse.size * lse.size;
  loss_.open = loss_.open_size = lse.open && !facts_.divergence;
  sign_ = 0;
  z_ = N(2) * k * lse.value;
  z_size_ = N(2) * k * lse.size;
  facts_.z_loss = row_.options.z_loss;
}

/// Tells whether there is a softcap, for which only one thing is known: tanh of a rational number
/// that is not 0 is irrational (Lindemann and Weierstrass), and so is the log-sum-exp of one finite
/// logit. What else comes within 2^-2976 of a tie, of saturated logits say, stays undecided.
template <class N>
bool RowEnclosure<N>::is_capped() const {
  return row_.options.softcap != 0;
}
template <class N>
bool RowEnclosure<N>::is_one_capped() const {
  return softmax_.all_tied() && softmax_.ties() == 1 && !is_zero(softmax_.maximum());
}

template <class N>
void RowEnclosure<N>::weigh() {
  const double v = row_.row_weight;
  loss_ = times(loss_, v);
  multiple_ = times(multiple_, v);
  sign_ = v > 0 ? sign_ : v < 0 ? -sign_ : 0;
}

template <class N>
Exact<N> RowEnclosure<N>::log_sum_exp() const {
  Exact<N> lse;
  if (!softmax_.has_maximum()) {
    lse.special = not_a_number;
    return lse;
  }
  const N& m = softmax_.maximum();
  lse.value = m + softmax_.tail();
  lse.size = magnitude(m) + softmax_.tail();
  lse.open = is_capped() ? is_one_capped() : !softmax_.all_tied() || softmax_.ties() > 1;
  lse.open_size = lse.open;
  return lse;
}

template <class N>
Exact<N> RowEnclosure<N>::log_softmax(std::ptrdiff_t j) const {
  Exact<N> result;
  if (!softmax_.has_maximum() || softmax_.logit(j) == -infinity) {
    result.special = softmax_.has_maximum() ? -infinity : not_a_number;
    return result;
  }
  result.size = softmax_.distance(j) + softmax_.tail();
  result.value -= result.size;
  result.open = !is_capped() && !(softmax_.all_tied() && softmax_.ties() == 1);
  result.open_size = result.open;
  return result;
}

template <class N>
RowFacts RowEnclosure<N>::log_softmax_facts(std::ptrdiff_t j) const {
  RowFacts facts = softmax_.facts();
  facts.target_mass = facts.targets = 1;
  facts.gap = softmax_.distance_in_double(j);
  return facts;
}

template <class N>
Exact<N> RowEnclosure<N>::gradient(std::ptrdiff_t j) const {
  Exact<N> g;
  if (row_.ignored) return g;
  if (!is_number_) {
    g.special = not_a_number;
    return g;
  }
  if (facts_.given) return given_gradient(j);
  if (factor_ != 1) {
    g.special = factor_ * sign_of_gradient(j);  // inf 0 is NaN
    return g;
  }
  const N c = c_[j];
  const bool masked = softmax_.logit(j) == -infinity;
  if (masked)
    g.value -= c;
  else if (softmax_.at_maximum(j))
    g.value = gradient_at_maximum(j);
  else
    g.value = softmax_.exp(j) * share_ - c;
  g.mixed = loss_.mixed && !facts_.divergence;
  g.open = !masked && !softmax_.all_tied() && sign_ != 0 && !is_capped();
  g.open_size = g.open;
  // p_j (Q + z) is not 0, nor is the other end of an enclosure that ends at 0 because exp(-d_j) is
  // below the smallest number there.
  if (row_.options.z_loss != 0 && is_zero(c) && !masked && sign(share_) != 0)
    g.open = has_zero(g.value);
  const bool one_term = masked || (!row_.is_target(j) && row_.options.z_loss == 0);
  if (one_term)
    g.size = magnitude(g.value);
  else
    set_terms_size(g, j, c);
  if (c_.divisor() != 1) {
    g.value /= N(c_.divisor());
    g.size /= N(c_.divisor());
  }
  if (facts_.mapped) multiply_by_slope(g, j);
  return times(g, row_.row_weight);
}

template <class N>
Exact<N> RowEnclosure<N>::given_gradient(std::ptrdiff_t j) const {
  if (factor_ == 1) return gradient_of_given(row_, c_, j);
  Exact<N> g;
  if (j == row_.label) g.special = -factor_ * log_prob_slope(row_.options, row_.x(j));
  return g;
}

/// Multiplies the component by f'(x_j), which is never 0: so a component whose sign is known is not
/// 0, though f'(x_j) may be below the smallest number of N.
template <class N>
void RowEnclosure<N>::multiply_by_slope(Exact<N>& g, std::ptrdiff_t j) const {
  const N slope = softmax_.slope(j);
  if (sign(g.value) != 0 && has_zero(slope)) g.open = g.open_size = true;
  g.value *= slope;
  g.size *= slope;
}

template <class N>
Exact<N> RowEnclosure<N>::gradient(std::ptrdiff_t j, const Divisor& divisor) const {
  return row_.ignored ? Exact<N>() : divisor.divide(gradient(j));
}

/// Sets g.size to (|c_j| sum_{i != j} e_i + |A_j| e_j) / S, and with a z-loss adds z_size e_j / S.
/// Where |A_j| = |c_j| that is |c_j|; else it is not rational unless all e_i are 1 (Lindemann and
/// Weierstrass).
template <class N>
void RowEnclosure<N>::set_terms_size(Exact<N>& g, std::ptrdiff_t j, const N& c) const {
  const N size = magnitude(c);
  const N others = magnitude(c_.total_without(j)) + z_size_;
  const N difference = others - size;
  g.open_size =
      row_.options.z_loss == 0 && !is_capped() && !softmax_.all_tied() && !has_zero(difference);
  g.size = size;
  if (is_zero(difference)) return;
  g.size *= softmax_.sum_without(j);
  g.size += softmax_.exp(j) * others;
  g.size /= softmax_.sum();
}

/// Returns component j where x_j = m, by form (3) where r <= k, else by form (1).
template <class N>
N RowEnclosure<N>::gradient_at_maximum(std::ptrdiff_t j) const {
  const auto ties = static_cast<double>(softmax_.ties());
  const N others = c_.total_without(j) + z_;
  const N c = c_[j];
  if (upper_double(softmax_.below()) > ties)
    return (others - softmax_.sum_without(j) * c) / softmax_.sum();
  return (others - N(ties - 1) * c) / N(ties) - share_ * softmax_.below() / N(ties);
}

/// Returns the sign of component j against a label: -1 at the label, 1 elsewhere, 0 where it is 0.
template <class N>
double RowEnclosure<N>::sign_of_gradient(std::ptrdiff_t j) const {
  const bool masked = softmax_.logit(j) == -infinity;
  if (j != row_.label) return masked ? 0 : 1;
  const bool only_one = softmax_.at_maximum(j) && softmax_.all_tied() && softmax_.ties() == 1;
  return only_one ? 0 : -1;
}

template <class N>
GradientTerms RowEnclosure<N>::gradient_terms() const {
  GradientTerms terms;
  terms.c.reserve(row_.logits.size());
  for (std::ptrdiff_t j = 0; j < row_.classes(); ++j) {
    terms.c.push_back(row_.row_weight * c_.rounded(j));
    terms.total += terms.c.back();
  }
  if (row_.options.z_loss == 0 || !softmax_.has_maximum()) return terms;
  terms.z_slope = 2 * row_.options.z_loss * std::abs(row_.row_weight);
  terms.z =
      2 * row_.options.z_loss * row_.row_weight * (lower_double(softmax_.maximum()) + facts_.tail);
  return terms;
}

template <class N>
GradFacts RowEnclosure<N>::grad_facts(std::ptrdiff_t j) const {
  GradFacts facts{.q = std::abs(upper_double(c_[j])) / c_.divisor()};
  const double x = row_.x(j);
  facts.root = softcap_root(row_.options, x);
  facts.argument = softcap_argument(row_.options, x);
  if (row_.ignored || x == -infinity || !is_number_ || facts_.given) return facts;
  facts.others = std::max(lower_double(c_.size_without(j)), 0.0) / c_.divisor();
  facts.p = lower_double(softmax_.exp(j)) / lower_double(softmax_.sum());
  facts.distance = softmax_.distance_in_double(j);
  return facts;
}

#define XENT_INSTANTIATE(...) template class RowEnclosure<__VA_ARGS__>;
XENT_FOR_EACH_NUMBER(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::reference
