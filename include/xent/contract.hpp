// SPDX-License-Identifier: MIT
// The contract of an implementation says for which problems it answers, how far its results may
// err, and what it costs.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

#include <xent/bounds.hpp>
#include <xent/execution.hpp>
#include <xent/mapped_logit.hpp>
#include <xent/problem.hpp>
#include <xent/remote_kernel.hpp>

namespace xent {

/// The problems that an implementation answers for, as limits. They are data and no predicate, so
/// that generators can draw from inside them and need not discard.
struct Domain {
  // For finite logits, after a temperature and a softcap.
  double min_logit = -std::numeric_limits<double>::infinity();
  double max_logit = std::numeric_limits<double>::infinity();
  std::ptrdiff_t max_classes = std::numeric_limits<std::ptrdiff_t>::max();
  double min_weight =
      0;  // for the magnitudes of finite weights, of classes and rows, that are not 0
  double max_weight = std::numeric_limits<double>::infinity();
  double max_prob = std::numeric_limits<double>::infinity();  // for their magnitudes
#define XENT_OPTION(name, ...) double min_##name = 0;
  XENT_NUMBER_OPTIONS(XENT_OPTION)  // min_label_smoothing, min_z_loss, …, for one that is not 0
#undef XENT_OPTION
  bool masked = true;   // whether logits may be -inf
  bool special = true;  // whether logits may be NaN, +inf, or -inf in all of a row (docs/policy.md)

  /// Tells whether a logit may have this value: where it is finite, whether what the options make
  /// of it lies within the limits. Log-probabilities and probabilities that are given have none.
  bool holds_logit(double x, const Options& options = {}) const {
    if (is_given(options)) return true;
    if (!std::isfinite(x)) return x < 0 ? masked : special;
    const double z = mapped_logit(options, x);
    return min_logit <= z && z <= max_logit;
  }
  /// These tell the same of a weight, a probability and the numbers among the options. Zero and
  /// non-finite values are always accepted.
  bool holds_weight(double w) const { return is_between(min_weight, w, max_weight); }
  bool holds_prob(double q) const { return is_between(0, q, max_prob); }
  bool holds_options(const Options& options) const {
    bool held = true;
#define XENT_OPTION(name, word, least, most, ...) \
  held = held && is_between(min_##name, options.name, most);
    XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
    return held;
  }

 private:
  static bool is_between(double least, double x, double largest) {
    const double size = std::fabs(x);
    return size == 0 || !std::isfinite(size) || (least <= size && size <= largest);
  }
};

/// The parts of a problem that an implementation takes. All reductions are taken by every one, and
/// labels and probs but by a kernel of a plugin that says otherwise.
struct Offers {
  bool labels = true;
  bool probs = true;
  bool csr = false;
  bool weight = false;
  bool row_weight = false;
  bool ignore_index = false;
  bool input = false;  // log-probabilities and probabilities in the place of logits
  bool kl_divergence = false;
#define XENT_OPTION(name, ...) bool name = false;
  XENT_NUMBER_OPTIONS(XENT_OPTION)  // label_smoothing, z_loss, temperature, softcap, clip
#undef XENT_OPTION

  /// Returns those that both offer.
  friend constexpr Offers operator&(const Offers& a, const Offers& b) {
    Offers both = {.labels = a.labels && b.labels,
                   .probs = a.probs && b.probs,
                   .csr = a.csr && b.csr,
                   .weight = a.weight && b.weight,
                   .row_weight = a.row_weight && b.row_weight,
                   .ignore_index = a.ignore_index && b.ignore_index,
                   .input = a.input && b.input,
                   .kl_divergence = a.kl_divergence && b.kl_divergence};
#define XENT_OPTION(name, ...) both.name = a.name && b.name;
    XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
    return both;
  }
};

/// All of them.
inline constexpr Offers everything = [] {
  Offers all = {.csr = true,
                .weight = true,
                .row_weight = true,
                .ignore_index = true,
                .input = true,
                .kl_divergence = true};
#define XENT_OPTION(name, ...) all.name = true;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return all;
}();

/// The promise about every loss and gradient component of logits without a z-loss, a temperature
/// and a softcap, in ulp of its terms (docs/glossary.md), the weakest promise first:
///
///   none                nothing but the bounds
///   stable              a bounded absolute error, never a spurious inf or NaN
///   accurate            at most 3 ulp for a loss and 5 ulp for a gradient component, proved
///   faithful            less than 1 ulp
///   correctly_rounded   the nearest number
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

/// Computes `out` from `problem`. The problem must have passed validate() with the contract; the
/// bounds hold where it lies in the domain. The thread must round to nearest and keep subnormal
/// numbers. A kernel does not throw, allocate, print, or change the floating-point environment. It
/// may be called from several threads at the same time, with the same or another Execution. It
/// takes less than 1 MiB of the stack (704 KiB, of rows of 4000 classes on axis 1 against
/// probabilities, compiled by g++ 12 for AVX-512). One that is remote throws KernelFault where it
/// breaks these rules, and allocates.
template <class T>
class Kernel {
 public:
  using Function = void (*)(const Problem<T>&, const Outputs<T>&, const Execution&) noexcept;

  constexpr Kernel() = default;
  /// `execution` is that of calls that state none. Without a function there is no kernel.
  constexpr Kernel(Function function, const Execution& execution = {})
      : function_(function), execution_(execution) {}
  /// The remote kernel must outlive this one.
  constexpr explicit Kernel(const RemoteKernel<T>& remote, const Execution& execution = {})
      : remote_(&remote), execution_(execution) {}

  void operator()(const Problem<T>& problem, const Outputs<T>& out,
                  const Execution& execution) const {
    if (remote_ != nullptr) return remote_->compute(problem, out, execution);
    function_(problem, out, execution);
  }
  void operator()(const Problem<T>& problem, const Outputs<T>& out) const {
    (*this)(problem, out, execution_);
  }

  /// Returns the same kernel, whose calls that state no execution have that one.
  constexpr Kernel with(const Execution& execution) const {
    Kernel other = *this;
    other.execution_ = execution;
    return other;
  }
  constexpr const Execution& execution() const { return execution_; }
  /// Returns what computes in another process; null where nothing does.
  constexpr const RemoteKernel<T>* remote() const { return remote_; }
  /// Tells whether there is no kernel.
  constexpr bool operator==(std::nullptr_t) const {
    return function_ == nullptr && remote_ == nullptr;
  }

 private:
  Function function_ = nullptr;
  const RemoteKernel<T>* remote_ = nullptr;
  Execution execution_;
};

/// The cost of the algorithm for each logit.
struct Cost {
  double reads = 0;         // passes over the logits
  double exponentials = 0;  // for each logit
};

/// The contract for logits of the element type T. The bounds are those of the results' types,
/// LossOf<T> for losses and log-sum-exps and T for gradients, and are proved in
/// docs/error_bounds.md.
template <class T>
struct Contract {
  Kernel<T> kernel = {};
  Tier tier = Tier::none;
  Domain domain = {};
  Offers offers = {};
  ErrorBound (*loss_bound)(const RowFacts&) noexcept = nullptr;
  ErrorBound (*lse_bound)(const RowFacts&) noexcept = nullptr;
  ErrorBound (*grad_bound)(const RowFacts&, const GradFacts&) noexcept = nullptr;
  /// The bounds where no function has them; it outlives the contract. Null: those above.
  const Bounds* stated_bounds = nullptr;
  /// False where nothing is promised of the errors. Results are then not judged by the bounds, and
  /// laws that compare two results allow what the bounds say.
  bool promises_bounds = true;
  MappingErrors mapping = {};  // of logits with a temperature or a softcap
  Cost forward = {};
  Cost forward_and_gradient = {};
  /// True where, on one instruction set, a row gives the same bits for any number of threads, any
  /// split of the batch, and any place in it and in memory, and a reduced loss for any number of
  /// threads.
  bool reproducible = false;
  /// True where the bounds need a long double of at least 64 significant bits; validate() throws
  /// where it has fewer.
  bool needs_long_double = false;

  Bounds bounds() const {
    if (stated_bounds != nullptr) return *stated_bounds;
    return {.loss = loss_bound,
            .grad = grad_bound,
            .lse = lse_bound,
            .lse_error =
                [bound = lse_bound](const RowFacts& row) { return lse_error(bound(row), row); },
            .loss_mapping = mapping,
            .grad_mapping = mapping,
            .lse_mapping = mapping,
            .wide_unit = sizeof(T) == 8 && needs_long_double ? 0x1p-64 : 0x1p-53,
            .loss_unit = unit_roundoff<LossOf<T>>,
            .grad_unit = unit_roundoff<T>,
            .lse_unit = unit_roundoff<LossOf<T>>};
  }

 private:
  /// Returns how far the log-sum-exp may err before it is rounded to its type, which costs half an
  /// ulp of the bound.
  static double lse_error(const ErrorBound& rounded, const RowFacts& row) {
    return unit_roundoff<LossOf<T>> *
           ((2 * (rounded.ulp - 0.5) + rounded.relative) * row.lse_size + rounded.absolute);
  }
};

}  // namespace xent
