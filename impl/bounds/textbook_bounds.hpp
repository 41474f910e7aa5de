// SPDX-License-Identifier: MIT
// Error bounds of the textbook formulas, in units of u, for recursive sums and the C library's exp
// and log. Proof: docs/error_bounds.md, lemmas 14 to 19 (the textbook forms).
#pragma once

#include <algorithm>
#include <limits>

#include <xent/contract.hpp>
#include <xent/element.hpp>

namespace xent::impl {

/// Relative errors of the C library's functions, in u. f32: exhaustive, glibc 2.36 (0.5016 and
/// 0.8177 ulp). f64: largest known (0.511 and 0.519 ulp, Gladman, Innocente, Mather &
/// Zimmermann, "Accuracy of mathematical functions", 2023), doubled for the worst mantissa and
/// rounded up.
template <class T>
struct LibmErrors {
  static constexpr double exp = sizeof(T) == 4 ? 1.0032 : 1.1;
  static constexpr double log = sizeof(T) == 4 ? 1.6354 : 1.1;
};

/// n u / (1 - n u) in u: n roundings in a row; Higham, "Accuracy and Stability", 2002, lemma 3.1.
template <class T>
constexpr double gamma(double n) {
  return n / (1 - std::min(n * unit_roundoff<T>, 0.5));
}

/// The most classes for which the bounds hold: C u <= 1/4.
template <class T>
inline constexpr std::ptrdiff_t textbook_classes = sizeof(T) == 4 ? std::ptrdiff_t{1} << 22
                                                                  : std::ptrdiff_t{1} << 50;

/// Products of errors, relative to their sum: a factor for terms of first order.
template <class T>
constexpr double second_order(const RowFacts& row) {
  return 1 + 0x1p-10 + 4 * row.classes * unit_roundoff<T>;
}

/// The smallest positive number, in u.
template <class T>
inline constexpr double underflow =
    static_cast<double>(std::numeric_limits<T>::denorm_min()) / unit_roundoff<T>;

/// The weights and probabilities with which no factor of a term overflows.
template <class T>
constexpr Domain textbook_domain() {
  constexpr bool narrow = sizeof(T) == 4;
  return {.max_classes = textbook_classes<T>,
          .min_weight = narrow ? 0x1p-48 : 0x1p-64,
          .max_weight = narrow ? 0x1p48 : 0x1p64,
          .max_prob = narrow ? 0x1p48 : 0x1p64,
          .min_smoothing = 0x1p-100};
}

/// Bound of a loss  sum_j q_j t_j  whose terms t_j each err by term_error (weighted mean, times Q).
template <class T>
ErrorBound textbook_loss(const RowFacts& row, double weighted_term_error) {
  const double of_a_term = underflow<T> * (1 + row.tail) + 2 * (underflow<T> * row.max_abs);
  return {.ulp = 1,
          .relative = 2 + row.targets * second_order<T>(row),
          .absolute = weighted_term_error * second_order<T>(row) + row.targets * of_a_term};
}

/// Bound of  scale (p_j Q - q_j), p_j with relative error p_error.
template <class T>
ErrorBound textbook_gradient(const RowFacts& row, const GradFacts& g, double p_error) {
  const double product = g.p * row.target_mass * (p_error + row.targets + 1);
  const double cancelled = g.p * row.target_mass + g.q;
  const double lost = (2 * row.target_mass + row.targets + 2) * underflow<T>;
  return {.ulp = 2,
          .relative = 0,
          .absolute = g.scale * ((product + 4 * cancelled) * second_order<T>(row) + lost)};
}

/// Error of log S of the shifted forms: the roundings of x - m weigh at most spread, S has C terms.
template <class T>
double shifted_log_error(const RowFacts& row) {
  const double sum = gamma<T>(row.classes - 1 + LibmErrors<T>::exp + row.spread);
  return gamma<T>(sum) + LibmErrors<T>::log * row.tail;
}

/// Bound of  sum_j q_j (log S - (x_j - m)).
template <class T>
ErrorBound shifted_loss_bound(const RowFacts& row) noexcept {
  return textbook_loss<T>(row, row.gap + row.target_mass * shifted_log_error<T>(row));
}

/// Bound of  scale (exp(x_j - m) / S sum_k q_k - q_j).
/// m + log S; each of log S and the sum is rounded.
template <class T>
ErrorBound textbook_lse(const RowFacts& row, double log_error) {
  return {.ulp = 1, .relative = 1, .absolute = log_error * second_order<T>(row)};
}

template <class T>
ErrorBound shifted_lse_bound(const RowFacts& row) noexcept {
  return textbook_lse<T>(row, shifted_log_error<T>(row));
}

template <class T>
ErrorBound shifted_gradient_bound(const RowFacts& row, const GradFacts& g) noexcept {
  const double sum = gamma<T>(row.classes - 1 + LibmErrors<T>::exp + row.spread);
  return textbook_gradient<T>(row, g, g.distance + LibmErrors<T>::exp + sum + 1);
}

}  // namespace xent::impl
