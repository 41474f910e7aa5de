// SPDX-License-Identifier: MIT
// The contract of an implementation: where it answers, how far it may err, what it costs.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

#include <xent/problem.hpp>

namespace xent {

/// The problems an implementation answers for. Data rather than a predicate, so that generators
/// draw from inside it instead of discarding.
struct Domain {
  double min_logit = -std::numeric_limits<double>::infinity();  // of the finite logits
  double max_logit = std::numeric_limits<double>::infinity();
  std::ptrdiff_t max_classes = std::numeric_limits<std::ptrdiff_t>::max();
  double min_weight = 0;  // of the magnitudes of the finite weights but 0
  double max_weight = std::numeric_limits<double>::infinity();
  double max_prob = std::numeric_limits<double>::infinity();  // of the magnitudes of finite ones
  double min_smoothing = 0;                                   // of eps but 0
  bool masked = true;                                         // logits of -inf, anywhere in a row
  bool special = true;  // NaN, +inf, rows of -inf only: answered as docs/policy.md says

  bool holds_logit(double x) const {
    if (std::isfinite(x)) return min_logit <= x && x <= max_logit;
    return x < 0 ? masked : special;
  }
  /// Of these, 0 and what is no finite number are held.
  bool holds_weight(double w) const { return is_between(min_weight, w, max_weight); }
  bool holds_prob(double q) const { return is_between(0, q, max_prob); }
  bool holds_smoothing(double eps) const { return is_between(min_smoothing, eps, 1); }

 private:
  static bool is_between(double least, double x, double largest) {
    const double size = std::fabs(x);
    return size == 0 || !std::isfinite(size) || (least <= size && size <= largest);
  }
};

/// What of the problem an implementation takes besides labels, probs and the reductions.
struct Offers {
  bool csr = false;
  bool weight = false;
  bool ignore_index = false;
  bool label_smoothing = false;
};

/// What is promised of every loss and gradient component, weakest first. `stable`: a bounded
/// absolute error, never a spurious inf or NaN. `accurate`: at most 3 ulp for a loss and 5 ulp for
/// a gradient component, proved. `faithful`: less than 1 ulp. `correctly_rounded`: the nearest
/// number.
enum class Tier { none, stable, accurate, faithful, correctly_rounded };

inline constexpr Tier all_tiers[] = {Tier::none, Tier::stable, Tier::accurate, Tier::faithful,
                                     Tier::correctly_rounded};

constexpr std::string_view to_string(Tier tier) {
  switch (tier) {
    case Tier::none: return "none";
    case Tier::stable: return "stable";
    case Tier::accurate: return "accurate";
    case Tier::faithful: return "faithful";
    case Tier::correctly_rounded: return "correctly-rounded";
  }
  return "";
}

/// What a bound may depend on, for one row. With m = max x, d_j = m - x_j, p = softmax x, sums over
/// the classes of finite logit; each within a relative 2^-40 of the exact value.
struct RowFacts {
  double classes = 0;      // C
  double max_abs = 0;      // max |x_j|
  double spread = 0;       // W = sum_j p_j d_j, at most log C
  double tail = 0;         // l = log sum_j exp(-d_j) = log1p(R)
  double target_mass = 0;  // Q = sum_j |q_j|; 1 for labels
  double gap = 0;          // D = sum_j |q_j| d_j; d_y for labels
  double targets = 0;      // K, the number of j with q_j != 0; 1 for labels
};

/// What a bound may depend on besides, for one gradient component
///   g_j = scale ( p_j sum_{k != j} q_k  -  q_j sum_{k != j} p_k ).
struct GradFacts {
  double p = 0;         // p_j
  double q = 0;         // |q_j|
  double others = 0;    // sum_{k != j} |q_k|, which Q - |q_j| loses beside a large |q_j|
  double distance = 0;  // d_j; 0 where x_j = -inf
  double scale = 1;     // 1/N for the mean, else 1
};

/// A bound on the distance from the exact value y, with u the unit roundoff of the result's type:
///   |computed - y| <= ulp * ulp(size) + u (relative * size + absolute),
/// size = |y| for labels; for a gradient component the sum of the magnitudes of its two terms, and
/// for a loss of soft targets that of all its terms; for a log-sum-exp, |m| + l. ulp(size) is that
/// of the result's type, subnormals included. A reduced loss may err by the sum (mean) of its rows'
/// bounds, and 1 ulp of itself.
struct ErrorBound {
  double ulp = 0;
  double relative = 0;
  double absolute = 0;
};

/// Computes `out` from `problem`, which has passed validate() with the contract and lies in the
/// domain; rounding is to nearest and subnormals are kept. Does not throw, allocate, print, or
/// change the floating-point environment.
template <class T>
using Kernel = void (*)(const Problem<T>& problem, const Outputs<T>& out) noexcept;

/// Main-memory traffic and work per logit, by the algorithm: reads counts the passes over the
/// logits.
struct Cost {
  double reads = 0;
  double exponentials = 0;
};

/// The contract for one element type. The bounds are proved in docs/error_bounds.md.
template <class T>
struct Contract {
  Kernel<T> kernel = nullptr;
  Tier tier = Tier::none;
  Domain domain = {};
  Offers offers = {};
  ErrorBound (*loss_bound)(const RowFacts&) noexcept = nullptr;
  ErrorBound (*lse_bound)(const RowFacts&) noexcept = nullptr;
  ErrorBound (*grad_bound)(const RowFacts&, const GradFacts&) noexcept = nullptr;
  Cost forward = {};
  Cost forward_and_gradient = {};
  /// On one instruction set a row gives the same bits for any number of threads, any split of the
  /// batch, any place in it and in memory, and the whole of a reduction for any number of threads.
  bool reproducible = false;
  /// The bounds hold where long double has at least 64 significant bits; validate() refuses to
  /// compute where it has fewer.
  bool needs_long_double = false;
};

}  // namespace xent
