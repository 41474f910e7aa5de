// SPDX-License-Identifier: MIT
// A kernel in extended precision, rounded once, that takes everything; its contract is 1 ulp, half
// an ulp of a gradient. Each `Mistake` changes one line.

#include "tests/mutants/mutants.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>
#include <variant>

#include "tests/mutants/mutant_given_row.hpp"
#include "tests/mutants/mutant_lse.hpp"
#include "tests/mutants/mutant_row.hpp"

namespace xent::tests {
namespace {

template <class T>
ErrorBound loss_bound(const RowFacts&) noexcept {
  return {.ulp = 1};
}

/// Half an ulp, but where the arithmetic is hardly finer than the result; and what extended
/// precision leaves of coefficients that cancel.
template <class T>
ErrorBound grad_bound(const RowFacts& row, const GradFacts& g) noexcept {
  return {.ulp = sizeof(T) == sizeof(double) ? 1 : 0.5 + 0x1p-10,
          .absolute = 0x1p-6 * (g.scale * g.p * row.target_mass + g.scale * g.q)};
}

/// The sum of w_y over the labels that are not ignored.
template <class T, Mistake mistake, class Index>
long double divisor(const Problem<T>& problem, const Labels<Index>& labels) {
  long double sum = 0;
  for (std::ptrdiff_t i = 0; i < labels.size; ++i) {
    const bool ignored = problem.options.ignore_index == labels[i];
    const auto y = static_cast<std::ptrdiff_t>(labels[i]);
    if (ignored && mistake == Mistake::ignored_counted) sum += 1;
    if (ignored) continue;
    const long double v = mistake == Mistake::row_weight_counted
                              ? MutantTargets<T, mistake>::row_weight_of(problem, i)
                              : 1;
    sum +=
        mistake == Mistake::mean_unweighted ? 1 : v * MutantTargets<T, mistake>::weight(problem, y);
  }
  return sum;
}
template <class T, Mistake, class Soft>
long double divisor(const Problem<T>& problem, const Soft&) {
  return static_cast<long double>(problem.logits.rows);
}

/// Row i, by what is in the place of the logits.
template <class T, Mistake mistake>
std::variant<MutantRow<T, mistake>, MutantGivenRow<T, mistake>> row_of(const Problem<T>& problem,
                                                                       std::ptrdiff_t i) {
  if (is_given(problem.options)) return MutantGivenRow<T, mistake>(problem, i);
  return MutantRow<T, mistake>(problem, i);
}

/// A call that knows whether another one is being made, for which it waits a little where it has to
/// know.
class Presence {
 public:
  Presence() { ++count_; }
  ~Presence() { --count_; }
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  static bool meets_another() {
    for (int k = 0; k < 200; ++k) {
      if (count_ > 1) return true;
      std::this_thread::yield();
    }
    return false;
  }

 private:
  static inline std::atomic<int> count_ = 0;
};

template <class T, Mistake mistake>
void kernel(const Problem<T>& problem, const Outputs<T>& out, const Execution&) noexcept {
  static std::atomic<int> calls = 0;
  ++calls;
  const Presence presence;
  const bool meets = mistake == Mistake::callers_meet && Presence::meets_another();
  const auto rows = problem.logits.rows;
  const auto reduction = problem.options.reduction;
  long double n = 1;
  if (reduction == Reduction::mean)
    n = std::visit([&](const auto& targets) { return divisor<T, mistake>(problem, targets); },
                   problem.targets);
  long double sum = 0;
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    if (out.lse.data != nullptr)
      out.lse[i] =
          static_cast<LossOf<T>>(mutant_lse<T, mistake>(problem.logits.row(i), problem.options));
    if (mistake == Mistake::written_too_soon && out.grad.data == problem.logits.data)
      out.grad(i, 0) = T{0};
    const auto row = row_of<T, mistake>(problem, i);
    const long double exact = std::visit([](const auto& one) { return one.loss(); }, row);
    auto loss = static_cast<LossOf<T>>(exact);
    if (mistake == Mistake::odd_rows_apart && i % 2 == 1) loss = std::nextafter(loss, LossOf<T>{0});
    if (mistake == Mistake::stateful && calls % 2 == 0) loss = std::nextafter(loss, LossOf<T>{0});
    if (mistake == Mistake::placed &&
        reinterpret_cast<std::uintptr_t>(problem.logits.row(i).data) % 16 != 0)
      loss = std::nextafter(loss, LossOf<T>{0});
    if (meets) loss = std::nextafter(loss, LossOf<T>{7});
    if (mistake == Mistake::negative_zero && loss == 0) loss = -loss;
    sum += exact;
    if (reduction == Reduction::none)
      (mistake == Mistake::stride_ignored && out.loss.stride > 0 ? out.loss.data[i] : out.loss[i]) =
          loss;
    const long double divisor = mistake == Mistake::gradient_unscaled ? 1 : n;
    for (std::ptrdiff_t j = 0; out.grad.data != nullptr && j < out.grad.cols; ++j)
      out.grad(i, j) = rounded<T, mistake>(
          std::visit([&](const auto& one) { return one.gradient(j, divisor); }, row));
  }
  const bool one_more = mistake == Mistake::mean_of_one_more && reduction == Reduction::mean;
  if (reduction != Reduction::none)
    out.loss[0] = static_cast<LossOf<T>>(sum / (one_more ? n + 1 : n) + 0.0L);  // 0 is +0
}

template <class T, Mistake mistake>
constexpr Contract<T> contract() {
  return {.kernel = kernel<T, mistake>,
          .tier = Tier::accurate,
          .domain = {.max_classes = 4096},  // a gradient takes C^2 operations
          .offers = everything,
          .loss_bound = loss_bound<T>,
          .lse_bound = loss_bound<T>,
          .grad_bound = grad_bound<T>,
          .mapping = {.unit = 0x1p-64},
          .reproducible = true};
}

template <Mistake mistake>
constexpr Implementation implementation() {
  return {.name = "mutant",
          .summary = "a mistake put in on purpose",
          .source = "tests/mutants/mutants.cpp",
#define XENT_CONTRACT(name, T) .name = contract<T, mistake>(),
          XENT_EACH_ELEMENT(XENT_CONTRACT)
#undef XENT_CONTRACT
  };
}

}  // namespace

const Implementation& sound_implementation() {
  static constexpr Implementation sound = implementation<Mistake::none>();
  return sound;
}

std::span<const Mutant> mutants() {
  using enum Mistake;
  static constexpr std::array all = {
      Mutant{"no shift by the maximum", "loss_within_contract", implementation<unshifted>()},
      Mutant{"p_y - 1", "gradient_within_contract", implementation<p_minus_one>()},
      Mutant{"NaN logits dropped", "special_values", implementation<nan_dropped>()},
      Mutant{"a loss of -0", "loss_nonnegative", implementation<negative_zero>()},
      Mutant{"logarithm to base 2", "loss_envelope", implementation<base_two>()},
      Mutant{"(m + log S) - x_y", "no_lost_loss", implementation<shift_added_back>()},
      Mutant{"(m + log S) - x_y", "shift_invariance", implementation<shift_added_back>()},
      Mutant{"only the first maximum has a gradient", "ties", implementation<first_maximum>()},
      Mutant{"small gradients negative", "gradient_signs", implementation<sign_of_small>()},
      Mutant{"no gradient at the label", "gradient_sums_to_zero", implementation<label_left_out>()},
      Mutant{"the last class dropped at C % 8 = 1", "class_permutation",
             implementation<tail_dropped>()},
      Mutant{"odd rows rounded differently", "row_permutation", implementation<odd_rows_apart>()},
      Mutant{"mean divides by N + 1", "batch_split", implementation<mean_of_one_more>()},
      Mutant{"label read off by one", "one_hot_equals_labels", implementation<label_off_by_one>()},
      Mutant{"gradient without 1/N", "reductions_consistent", implementation<gradient_unscaled>()},
      Mutant{"a mask is a small number", "masked_padding", implementation<mask_is_finite>()},
      Mutant{"stride of the loss ignored, if positive", "strided_layout",
             implementation<stride_ignored>()},
      Mutant{"state between calls", "repeatable", implementation<stateful>()},
      Mutant{"two callers share an array", "two_callers", implementation<callers_meet>()},
      Mutant{"rows that begin at odd addresses rounded differently", "reproducible",
             implementation<placed>()},
      Mutant{"mean divides by the rows, not by their weights", "reductions_consistent",
             implementation<mean_unweighted>()},
      Mutant{"ignored rows count in the mean", "reductions_consistent",
             implementation<ignored_counted>()},
      Mutant{"ignored rows are read", "loss_nonnegative", implementation<ignored_read>()},
      Mutant{"weight of the class after", "class_permutation", implementation<weight_of_next>()},
      Mutant{"magnitude of the weight", "special_values", implementation<weight_unsigned>()},
      Mutant{"0 times a weight", "masked_padding", implementation<zero_times_weight>()},
      Mutant{"smoothing shared by C - 1", "ties", implementation<smoothed_by_others>()},
      Mutant{"gradient truncated to 16 bits", "gradient_within_contract",
             implementation<gradient_truncated>()},
      Mutant{"log-sum-exp without the maximum", "log_sum_exp_within_contract",
             implementation<lse_without_maximum>()},
      Mutant{"the gradient written before the logits are read", "in_place",
             implementation<written_too_soon>()},
      Mutant{"exponentials below the normal numbers rounded before the sum", "loss_within_contract",
             implementation<subnormal_rounded>()},
      Mutant{"csr rows begin at 0", "row_permutation", implementation<csr_from_start>()},
      Mutant{"csr rows begin at 0", "batch_split", implementation<csr_from_start>()},
      Mutant{"stride of csr ignored, if positive", "strided_layout",
             implementation<csr_stride_ignored>()},
      Mutant{"a rise of the maximum without a rescale", "class_permutation",
             implementation<rise_unscaled>()},
      Mutant{"exponents not aligned", "shift_invariance", implementation<exponents_unaligned>()},
      Mutant{"z-loss without its gradient", "z_loss_adds", implementation<z_without_gradient>()},
      Mutant{"row weights count in the mean", "reductions_consistent",
             implementation<row_weight_counted>()},
      Mutant{"row weight of the row after", "row_permutation",
             implementation<row_weight_of_next>()},
      Mutant{"row weight of the loss alone", "row_weight_multiplies",
             implementation<row_weight_of_loss_alone>()},
      Mutant{"the gradient without the slope of the softcap", "mapped_logits",
             implementation<slope_left_out>()},
      Mutant{"the temperature before the softcap", "mapped_logits",
             implementation<divided_before_capped>()},
      Mutant{"a softcap lifts masked classes", "masked_padding", implementation<mask_capped>()},
      Mutant{"probabilities taken for their logarithms", "given_log_probs",
             implementation<logarithm_left_out>()},
      Mutant{"a slope where probabilities are clipped", "special_values",
             implementation<clip_with_slope>()},
      Mutant{"a divergence without the entropy", "divergence_subtracts",
             implementation<entropy_left_out>()},
      Mutant{"z-loss times the weight", "special_values", implementation<z_weighted>()},
  };
  return all;
}

}  // namespace xent::tests
