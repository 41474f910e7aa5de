// SPDX-License-Identifier: MIT
// A kernel in extended precision, rounded once, whose contract is 1 ulp. Each `Flaw` changes one
// line.

#include "tests/mutants.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tests/mutant_row.hpp"

namespace xent::tests {
namespace {

template <class T>
ErrorBound loss_bound(const RowFacts&) noexcept {
  return {.ulp = 1};
}

template <class T>
ErrorBound grad_bound(const RowFacts&, const GradFacts&) noexcept {
  return {.ulp = 1};
}

template <class T, Flaw flaw>
void kernel(const Problem<T>& problem, const Outputs<T>& out) noexcept {
  static int calls = 0;
  ++calls;
  const auto rows = problem.logits.rows;
  const auto reduction = problem.options.reduction;
  const auto n = static_cast<long double>(rows + (flaw == Flaw::mean_of_one_more ? 1 : 0));
  const bool mean = reduction == Reduction::mean;
  const long double scale = mean && flaw != Flaw::gradient_unscaled ? 1.0L / rows : 1.0L;
  long double sum = 0;
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    const MutantRow<T, flaw> row(problem, i);
    T loss = row.loss();
    if (flaw == Flaw::odd_rows_apart && i % 2 == 1) loss = std::nextafter(loss, T{0});
    if (flaw == Flaw::stateful && calls % 2 == 0) loss = std::nextafter(loss, T{0});
    if (flaw == Flaw::negative_zero && loss == 0) loss = -loss;
    sum += static_cast<long double>(loss);
    if (reduction == Reduction::none)
      (flaw == Flaw::stride_ignored && out.loss.stride > 0 ? out.loss.data[i] : out.loss[i]) = loss;
    for (std::ptrdiff_t j = 0; out.grad.data != nullptr && j < out.grad.cols; ++j)
      out.grad(i, j) = static_cast<T>(scale * row.gradient(j));
  }
  if (reduction != Reduction::none) out.loss[0] = static_cast<T>(mean ? sum / n : sum);
}

template <class T, Flaw flaw>
constexpr Contract<T> contract() {
  return {.kernel = kernel<T, flaw>,
          .tier = Tier::accurate,
          .loss_bound = loss_bound<T>,
          .grad_bound = grad_bound<T>};
}

template <Flaw flaw>
constexpr Implementation implementation() {
  return {.name = "mutant",
          .summary = "a mistake put in on purpose",
          .source = "tests/mutants.cpp",
          .f32 = contract<float, flaw>(),
          .f64 = contract<double, flaw>()};
}

}  // namespace

const Implementation& sound_implementation() {
  static constexpr Implementation sound = implementation<Flaw::none>();
  return sound;
}

std::span<const Mutant> mutants() {
  using enum Flaw;
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
  };
  return all;
}

}  // namespace xent::tests
