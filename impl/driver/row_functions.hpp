// SPDX-License-Identifier: MIT
// The types of the functions of a row that an implementation defines, and the functions by which it
// returns its results.
#pragma once

#include <cstddef>
#include <limits>

#include <xent/mapped_logit.hpp>
#include <xent/problem.hpp>

#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/targets/coefficients.hpp"

namespace xent::impl {

/// Where the gradient g [C] and the log-sum-exp of a row go; each may be absent. `g` may be the row
/// itself, so the logits that are needed later are read before g is written.
template <class T>
struct RowOutputs {
  VectorView<T> g = {};
  LossOf<T>* lse = nullptr;
  bool streams = false;  // the whole gradient is too large for the caches
  int threads = 1;       // how many may share the row
};

/// Returns the loss of row x [C] against label y, times w, which is finite, and writes
/// scale * d loss / d x to out.g. w does not multiply the gradient: its weight is in the scale.
template <class T>
using LabelRow = ScaledPair (*)(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                                const RowOutputs<T>& out);

/// Returns the loss of row x [C] against the coefficients c and its z-loss, c.z_loss(), and writes
/// scale * d loss / d x to out.g.
template <class T>
using SoftRow = ScaledPair (*)(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                               const RowOutputs<T>& out);

template <class T>
struct LabelGroup;

/// Computes the rows of a group against their labels (impl/driver/groups/label_group.hpp).
template <class T>
using LabelRows = void (*)(LabelGroup<T>& group);

template <class T>
struct SoftGroup;

/// Computes those rows of a group against soft targets that it can
/// (impl/driver/groups/soft_group.hpp).
template <class T>
using SoftRows = void (*)(SoftGroup<T>& group);

/// The functions of an implementation. Exactly one of `label` and `labels` is set; `softs` and
/// `mappeds`, the functions of groups for `soft` and `mapped`, may be; the others always are.
/// `mapped` computes what `soft` does, for logits with a temperature or a softcap, `given` for
/// log-probabilities and probabilities in their place, both against all targets, and `divergence`
/// the Kullback-Leibler divergence of any of them.
template <class T>
struct RowFunctions {
  LabelRow<T> label = nullptr;
  SoftRow<T> soft = nullptr;
  SoftRow<T> mapped = nullptr;
  SoftRow<T> given = nullptr;
  SoftRow<T> divergence = nullptr;
  LabelRows<T> labels = nullptr;
  SoftRows<T> softs = nullptr;
  SoftRows<T> mappeds = nullptr;

  /// Returns the function of soft targets for a problem of these options.
  SoftRow<T> soft_for(const Options& options) const noexcept {
    if (options.kl_divergence) return divergence;
    if (is_given(options)) return given;
    return maps_logits(options) ? mapped : soft;
  }
};

/// What a function has computed of a row, where another computes the rest.
enum class Computed { nothing, loss, all };

/// Replaces each component g_j by f(g_j).
template <class T, class F>
void for_each_component(VectorView<T> g, F f) noexcept {
  for (std::ptrdiff_t j = 0; j < g.size; ++j) g[j] = static_cast<T>(f(static_cast<double>(g[j])));
}

/// Writes the results of a row without a loss: its gradient and its log-sum-exp are NaN, and the
/// loss, which is returned, is too.
template <class T>
ScaledPair without_loss(const RowOutputs<T>& out) noexcept {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for_each_component(out.g, [nan](double) { return nan; });
  if (out.lse != nullptr) *out.lse = std::numeric_limits<LossOf<T>>::quiet_NaN();
  return {exactly(nan)};
}

/// Returns the log-sum-exp, maximum + log_sum.
inline Pair lse_of(double maximum, const ScaledPair& log_sum) noexcept {
  return add(exactly(maximum), unscaled(log_sum));
}
/// Does the same with numbers of the type of the arithmetic.
template <class A>
Pair lse_of(A maximum, A log_sum) noexcept {
  return lse_of(static_cast<double>(maximum), {exactly(static_cast<double>(log_sum))});
}

/// Writes the log-sum-exp, rounded once, where it is wanted, and returns it.
template <class T>
Pair put_lse(const RowOutputs<T>& out, Pair lse) noexcept {
  if (out.lse != nullptr) *out.lse = static_cast<LossOf<T>>(rounded(lse));
  return lse;
}

/// Writes lse_of(maximum, log_sum), rounded once, and computes it only where it is wanted.
template <class T, class Maximum, class LogSum>
void put_lse(const RowOutputs<T>& out, Maximum maximum, const LogSum& log_sum) noexcept {
  if (out.lse != nullptr) put_lse(out, lse_of(maximum, log_sum));
}

/// Returns a loss, which is one number of the type of the arithmetic, times w.
template <class A>
ScaledPair weighted(A loss, double w) noexcept {
  return times({exactly(static_cast<double>(loss))}, exactly(w));
}

}  // namespace xent::impl
