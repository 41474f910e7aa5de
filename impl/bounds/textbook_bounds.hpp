// SPDX-License-Identifier: MIT
// Error bounds of the textbook formulas, in u of the type T of the arithmetic, for recursive sums
// and the C library's exp and log. Proof: docs/error_bounds.md, lemmas 14 to 19 (the textbook
// forms) and 65 (log-sum-exp).
#pragma once

#include <algorithm>
#include <limits>

#include <xent/contract.hpp>
#include <xent/element.hpp>

namespace xent::impl {

/// The relative errors of the C library's functions, in u. f32: the largest of all arguments, glibc
/// 2.36 (0.5016 and 0.8177 ulp). f64: the largest known (0.511 and 0.519 ulp; Gladman, Innocente,
/// Mather & Zimmermann, "Accuracy of mathematical functions", 2023). An error of k ulp is at most 2
/// k u, just above a power of two; the products are rounded up.
template <class T>
struct LibmErrors {
  static constexpr double exp = sizeof(T) == 4 ? 1.0032 : 1.1;
  static constexpr double log = sizeof(T) == 4 ? 1.6354 : 1.1;
};

/// Returns n / (1 - n u), which in u bounds the relative error of n roundings in a row, for n u <=
/// 1/2; Higham, "Accuracy and Stability", 2002, lemma 3.1.
template <class T>
constexpr double gamma(double n) {
  return n / (1 - std::min(n * unit_roundoff<T>, 0.5));
}

/// The largest number of classes for which the bounds hold: C u <= 1/4.
template <class T>
inline constexpr std::ptrdiff_t textbook_classes = sizeof(T) == 4 ? std::ptrdiff_t{1} << 22
                                                                  : std::ptrdiff_t{1} << 50;

/// Returns the factor by which terms of first order are multiplied to hold the products of errors
/// (lemma 14).
template <class T>
constexpr double second_order(const RowFacts& row) {
  return 1 + 0x1p-10 + 4 * row.classes * unit_roundoff<T>;
}

/// The smallest positive number of T, in u.
template <class T>
inline constexpr double underflow =
    static_cast<double>(std::numeric_limits<T>::denorm_min()) / unit_roundoff<T>;

/// Returns the domain of classes, weights and probabilities in which no factor of a term overflows
/// (lemma 19).
template <class T>
constexpr Domain textbook_domain() {
  constexpr bool narrow = sizeof(T) == 4;
  return {.max_classes = textbook_classes<T>,
          .min_weight = narrow ? 0x1p-48 : 0x1p-64,
          .max_weight = narrow ? 0x1p48 : 0x1p64,
          .max_prob = narrow ? 0x1p48 : 0x1p64,
          .min_label_smoothing = 0x1p-100,
          .min_z_loss = 0x1p-100};
}

/// Returns the bound of a loss sum_j q_j t_j (lemma 17). Where t_j errs by e_j, in u and apart from
/// its own rounding, `weighted_term_error` is sum_j |q_j| e_j. A z-loss is added before one more
/// rounding.
template <class T>
ErrorBound textbook_loss(const RowFacts& row, double weighted_term_error) {
  const double of_a_term = underflow<T> * (1 + row.tail) + 2 * (underflow<T> * row.max_abs);
  return {.ulp = row.z_loss == 0 ? 1 : 1.5,
          .relative = 2 + row.targets * second_order<T>(row),
          .absolute = weighted_term_error * second_order<T>(row) + row.targets * of_a_term};
}

/// Returns the bound of a component scale (p_j Q - q_j) (lemma 18) where p_j has the relative error
/// `p_error`, in u.
template <class T>
ErrorBound textbook_gradient(const RowFacts& row, const GradFacts& g, double p_error) {
  const double product = g.p * row.target_mass * (p_error + row.targets + 1);
  const double cancelled = g.p * row.target_mass + g.q;
  const double lost = (2 * row.target_mass + row.targets + 2) * underflow<T>;
  return {.ulp = 2,
          .relative = 0,
          .absolute = g.scale * ((product + 4 * cancelled) * second_order<T>(row) + lost)};
}

/// Returns the absolute error of log S in the shifted forms, in u: S has C terms, and on their mean
/// the roundings of x_j - m are the spread W.
template <class T>
double shifted_log_error(const RowFacts& row) {
  const double sum = gamma<T>(row.classes - 1 + LibmErrors<T>::exp + row.spread);
  return gamma<T>(sum) + LibmErrors<T>::log * row.tail;
}

/// Returns the bound of the loss sum_j q_j (log S - (x_j - m)).
template <class T>
ErrorBound shifted_loss_bound(const RowFacts& row) noexcept {
  return textbook_loss<T>(row, row.gap + row.target_mass * shifted_log_error<T>(row));
}

/// Returns the bound of the log-sum-exp m + log S (lemma 65), where log S errs by log_error, in u.
template <class T>
ErrorBound textbook_lse(const RowFacts& row, double log_error) {
  return {.ulp = 1, .relative = 1, .absolute = log_error * second_order<T>(row)};
}

/// Returns the bound of the log-sum-exp m + log S of the shifted forms.
template <class T>
ErrorBound shifted_lse_bound(const RowFacts& row) noexcept {
  return textbook_lse<T>(row, shifted_log_error<T>(row));
}

/// Returns the bound of the component scale (exp(x_j - m) / S sum_k q_k - q_j).
template <class T>
ErrorBound shifted_gradient_bound(const RowFacts& row, const GradFacts& g) noexcept {
  const double sum = gamma<T>(row.classes - 1 + LibmErrors<T>::exp + row.spread);
  return textbook_gradient<T>(row, g, g.distance + LibmErrors<T>::exp + sum + 1);
}

}  // namespace xent::impl
