// SPDX-License-Identifier: MIT
// The problems into which hypotheses are planted: random, but with what each is about.
#include <algorithm>
#include <string_view>

#include "cases/random.hpp"
#include "tests/explain/matrix.hpp"

namespace xent::tests {
namespace {

using explain::Hypothesis;
using explain::Part;

bool has(const Hypothesis& hypothesis, std::string_view word) {
  return hypothesis.name.find(word) != std::string_view::npos;
}

}  // namespace

Plan plan_for(const Hypothesis& hypothesis, DType dtype, std::uint64_t seed,
              const std::string& data_set) {
  cases::Random random(seed, 5);
  Plan plan;
  cases::Recipe& recipe = plan.recipe;
  recipe.dtype = dtype;
  recipe.seed = seed;
  recipe.rows = 4 * (3 + random.below(10));
  recipe.classes = 3 + random.below(38);
  recipe.scale = random.uniform(1, 4);
  if (!data_set.empty()) {
    const cases::Family& family = *cases::find_family(data_set);
    recipe.family = data_set;
    recipe.classes = family.classes;
    recipe.rows = std::min<std::ptrdiff_t>(family.rows, family.classes > 10000 ? 8 : 128);
  }
  recipe.reduction = hypothesis.part == Part::row ? Reduction::none : Reduction::mean;
  if (hypothesis.name == "reduction_mean") recipe.reduction = Reduction::sum;
  const bool means = hypothesis.name == "mean_of_means" || hypothesis.name == "divisor_kept";
  recipe.row_weighted = has(hypothesis, "row_weight");
  recipe.weighted = (has(hypothesis, "weight") && !recipe.row_weighted) || means ||
                    hypothesis.name == "gradient_by_rows";
  recipe.ignoring = has(hypothesis, "ignored") || hypothesis.name == "divisor_rows" ||
                    hypothesis.name == "divisor_kept";
  if (has(hypothesis, "smoothing") || has(hypothesis, "of_label") || has(hypothesis, "kl_"))
    recipe.smoothing = 0.1;
  if (has(hypothesis, "unit_mass") || (has(hypothesis, "kl_") && random.one_in(2))) {
    recipe.targets = cases::TargetKind::probs;
    recipe.smoothing = 0;
  }
  if (hypothesis.name == "divisor_weights") recipe.targets = cases::TargetKind::one_hot;
  if (hypothesis.name == "unshifted") recipe.scale = 40;
  if (hypothesis.name == "clipped_probability" || hypothesis.name == "log_plus_epsilon")
    recipe.scale = 10;
  // Half of the problems have the option that the hypothesis leaves out or takes another number for.
  if (hypothesis.name == "z_loss" && random.one_in(2)) recipe.z_loss = 0.01;
  if (hypothesis.name == "temperature" && random.one_in(2)) recipe.temperature = 0.7;
  if (hypothesis.name == "softcap" && random.one_in(2)) recipe.softcap = 5;
  // The file holds what is given in the place of logits.
  if (hypothesis.name == "taken_for_logits")
    recipe.input = random.one_in(2) ? Input::log_probs : Input::probs;
  if (hypothesis.name == "clipped_probability" && random.one_in(3)) recipe.input = Input::probs;
  if (hypothesis.part == Part::row && random.one_in(3)) recipe.reduction = Reduction::mean;
  if (random.one_in(2) || has(hypothesis, "batch") || has(hypothesis, "transposed"))
    plan.row_shape = {recipe.rows / 4, 4};
  plan.with_grad = random.one_in(2) || hypothesis.part != Part::row;
  plan.with_lse = random.one_in(4) && recipe.input == Input::logits;
  return plan;
}

}  // namespace xent::tests
