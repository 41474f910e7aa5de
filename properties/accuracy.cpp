// SPDX-License-Identifier: MIT
// Judging an implementation on fixed cases.

#include "properties/accuracy.hpp"

#include <algorithm>

#include "cases/case.hpp"
#include "properties/dispatch.hpp"
#include "properties/evaluation.hpp"
#include "properties/fixed_recipes.hpp"
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
           fixed_recipes(family, dtype_of<T>, contract_.domain, contract_.offers, budget_))
        measure_case(recipe);
    return std::move(records_);
  }

  std::vector<AccuracyRecord> measure(const cases::Recipe& only) {
    measure_case(only);
    return std::move(records_);
  }

 private:
  void measure_case(const cases::Recipe& recipe) {
    const Scope all{.special = true};
    if (why_outside(all, contract_.domain, contract_.offers, recipe)) return skip(recipe);
    const auto given = cases::make_case<T>(recipe);
    if (divisor_of(given.problem()) == 0) return skip(recipe);
    const auto loss_rows = sample_rows(recipe, budget_.loss_logits);
    const auto grad_rows = sample_rows(recipe, budget_.grad_logits);
    for (const std::string& name : instruction_sets_) {
      const UsedInstructionSet used(name);
      auto computed = compute(contract_, given.problem());
      const Outputs<T> both = computed.outputs();
      const bool apart = loss_rows != grad_rows;
      if (apart) add(given.recipe, "loss", name, judge(given, {.loss = both.loss}, loss_rows).loss);
      const reference::Judgement judged = judge(given, both, grad_rows);
      if (!apart) add(given.recipe, "loss", name, judged.loss);
      add(given.recipe, "grad", name, judged.grad);
    }
  }

  // The loss, and the gradient beside it where there is one.
  reference::Judgement judge(const cases::Case<T>& given, const Outputs<T>& got,
                             const std::vector<std::ptrdiff_t>& rows) const {
    const char* law =
        got.grad.data != nullptr ? "gradient_within_contract" : "loss_within_contract";
    const Site site{.law = law,
                    .implementation = implementation_.name,
                    .dtype = dtype_of<T>,
                    .recipe = given.recipe};
    return reference::judge(
        given.problem(), got, &contract_,
        {.case_id = to_string(given.recipe), .command = repeat_command(site), .rows = rows});
  }

  void add(const cases::Recipe& recipe, const char* quantity, const std::string& instruction_set,
           const ErrorStats& errors) {
    AccuracyRecord record = blank(recipe, quantity);
    record.instruction_set = instruction_set;
    record.rows = errors.count / (record.quantity == "grad" ? recipe.classes : 1);
    record.errors = errors;
    record.verdict = kept(errors, contract_.tier);
    records_.push_back(record);
  }

  void skip(const cases::Recipe& recipe) {
    for (const char* quantity : {"loss", "grad"}) records_.push_back(blank(recipe, quantity));
  }

  AccuracyRecord blank(const cases::Recipe& recipe, const char* quantity) const {
    AccuracyRecord record;
    record.implementation = implementation_.name;
    record.dtype = to_string(dtype_of<T>);
    record.source = recipe.family;
    record.classes = recipe.classes;
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

std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation,
                                             const cases::Recipe& only) {
  const Budget all{.name = "one case",
                   .loss_logits = all_logits,
                   .grad_logits = all_logits,
                   .every_instruction_set = true};
  return with_dtype(only.dtype, [&](auto zero) {
    return Gauge<decltype(zero)>(implementation, all).measure(only);
  });
}

}  // namespace xent::properties
