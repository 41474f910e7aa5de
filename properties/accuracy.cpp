// SPDX-License-Identifier: MIT
// Judging an implementation on fixed cases.

#include "properties/accuracy.hpp"

#include <algorithm>
#include <iterator>

#include "cases/case.hpp"
#include "properties/dispatch.hpp"
#include "properties/evaluation.hpp"
#include "properties/judgement.hpp"
#include "properties/message.hpp"
#include "properties/scope.hpp"

namespace xent::properties {
namespace {

// Rows spread evenly, the first and the last among them, as many as `logits` allow and one at
// least.
std::vector<std::ptrdiff_t> sample_rows(const cases::Recipe& recipe, std::ptrdiff_t logits) {
  const auto count = std::clamp<std::ptrdiff_t>(logits / recipe.classes, 1, recipe.rows);
  std::vector<std::ptrdiff_t> rows;
  for (std::ptrdiff_t k = 0; k < count; ++k)
    rows.push_back(count == 1 ? 0 : k * (recipe.rows - 1) / (count - 1));
  return rows;
}

std::string source_of(const cases::Recipe& recipe, std::size_t judged) {
  if (static_cast<std::ptrdiff_t>(judged) == recipe.rows) return recipe.family;
  return recipe.family + ", " + std::to_string(judged) + " of " + std::to_string(recipe.rows) +
         " rows";
}

// Labels and csr, each with the options that are offered.
std::vector<cases::Recipe> with_options(cases::Recipe recipe, const Offers& offers) {
  std::vector<cases::Recipe> recipes;
  recipe.weighted = offers.weight;
  recipe.ignoring = offers.ignore_index;
  if (recipe.weighted || recipe.ignoring) recipes.push_back(recipe);
  recipe.targets = cases::TargetKind::csr;
  recipe.ignoring = false;
  recipe.smoothing = offers.label_smoothing ? 0.1 : 0;
  if (offers.csr) recipes.push_back(recipe);
  return recipes;
}

// The fixed recipes of a family: the whole data set, or 32 rows of a scale that the domain holds.
std::vector<cases::Recipe> fixed_recipes(const cases::Family& family, DType dtype,
                                         const Domain& domain, const Offers& offers) {
  constexpr std::ptrdiff_t rows = 32;
  constexpr std::ptrdiff_t classes = 33;
  cases::Recipe recipe{.dtype = dtype,
                       .family = std::string(family.name),
                       .scale = family.typical_scale,
                       .rows = family.data_set ? family.rows : rows,
                       .classes = family.classes != 0 ? family.classes : classes};
  if (!family.data_set) recipe = fit(recipe, domain).value_or(recipe);
  cases::Recipe dense = recipe;
  dense.targets = family.data_set ? cases::TargetKind::one_hot : cases::TargetKind::probs;
  std::vector<cases::Recipe> recipes = {recipe, dense};
  if (!family.data_set)
    std::ranges::copy(with_options(recipe, offers), std::back_inserter(recipes));
  return recipes;
}

template <class T>
class Gauge {
 public:
  Gauge(const Implementation& implementation, const Budget& budget)
      : implementation_(implementation),
        contract_(implementation.contract<T>()),
        budget_(budget),
        instruction_sets_(instruction_sets_of(implementation)) {
    if (!budget.every_instruction_set) instruction_sets_.resize(1);
  }

  std::vector<AccuracyRecord> measure() {
    for (const cases::Family& family : cases::families())
      for (const cases::Recipe& recipe :
           fixed_recipes(family, dtype_of<T>, contract_.domain, contract_.offers))
        measure_case(recipe);
    return std::move(records_);
  }

 private:
  void measure_case(const cases::Recipe& recipe) {
    if (!cases::lies_within(recipe, contract_.domain)) return skip(recipe);
    const auto given = cases::make_case<T>(recipe);
    for (const std::string& name : instruction_sets_) {
      const UsedInstructionSet used(name);
      auto computed = evaluate(contract_, given.problem());
      const Outputs<T> both = computed.outputs();
      judge(given, {.loss = both.loss}, budget_.loss_logits, name);
      judge(given, both, budget_.grad_logits, name);
    }
  }

  // Judges the gradient where there is one, else the loss.
  void judge(const cases::Case<T>& given, const Outputs<T>& got, std::ptrdiff_t logits,
             const std::string& instruction_set) {
    const bool gradient = got.grad.data != nullptr;
    const auto rows = sample_rows(given.recipe, logits);
    const Site site{gradient ? "gradient_within_contract" : "loss_within_contract",
                    implementation_.name, dtype_of<T>, instruction_set, given.recipe};
    const auto judged = reference::judge(
        given.problem(), got, &contract_,
        {.case_id = to_string(given.recipe), .command = repeat_command(site), .rows = rows});
    AccuracyRecord record = blank(given.recipe, gradient ? "grad" : "loss");
    record.instruction_set = instruction_set;
    record.source = source_of(given.recipe, rows.size());
    record.errors = gradient ? judged.grad : judged.loss;
    record.verdict = kept(record.errors, contract_.tier);
    records_.push_back(record);
  }

  void skip(const cases::Recipe& recipe) {
    for (const char* quantity : {"loss", "grad"}) {
      records_.push_back(blank(recipe, quantity));
      records_.back().source = recipe.family + ", outside the domain";
    }
  }

  AccuracyRecord blank(const cases::Recipe& recipe, const char* quantity) const {
    AccuracyRecord record;
    record.implementation = implementation_.name;
    record.dtype = to_string(dtype_of<T>);
    record.targets = targets_text(recipe);
    record.quantity = quantity;
    record.tier = to_string(contract_.tier);
    return record;
  }

  const Implementation& implementation_;
  const Contract<T>& contract_;
  const Budget& budget_;
  std::vector<std::string> instruction_sets_;
  std::vector<AccuracyRecord> records_;
};

}  // namespace

std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation, DType dtype,
                                             const Budget& budget) {
  return with_dtype(
      dtype, [&](auto zero) { return Gauge<decltype(zero)>(implementation, budget).measure(); });
}

}  // namespace xent::properties
