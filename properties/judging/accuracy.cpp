// SPDX-License-Identifier: MIT
// Judging an implementation on fixed cases.

#include "properties/judging/accuracy.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "cases/case.hpp"
#include "properties/dispatch.hpp"
#include "properties/drawing/fixed_recipes.hpp"
#include "properties/drawing/scope.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/judging/judgement.hpp"
#include "properties/message.hpp"

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
  Gauge(const Implementation& implementation, const Budget& budget,
        const std::function<void()>& before_case)
      : implementation_(implementation),
        contract_(implementation.contract<T>()),
        budget_(budget),
        before_case_(before_case),
        instruction_sets_(instruction_sets_of(implementation)) {
    if (!budget.every_instruction_set) instruction_sets_.resize(1);
  }

  void measure(std::vector<AccuracyRecord>& found) {
    for (const cases::Family& family : cases::families()) {
      records_.clear();
      for (const cases::Recipe& recipe :
           fixed_recipes(family, dtype_of<T>, contract_.domain, contract_.offers, budget_))
        measure_case(recipe);
      std::ranges::move(records_, std::back_inserter(found));
    }
  }

  std::vector<AccuracyRecord> measure(const cases::Recipe& only) {
    measure_case(only);
    return std::move(records_);
  }

 private:
  void measure_case(const cases::Recipe& recipe) {
    if (before_case_) before_case_();
    for (const std::string& name : instruction_sets_)
      for (const char* quantity : {"loss", "grad"}) (void)record_of(recipe, quantity, name);
    if (contract_.kernel == nullptr) return;
    const Scope all{.special = true};
    if (why_outside(all, contract_.domain, contract_.offers, recipe)) return;
    const auto given = cases::make_case<T>(recipe);
    if (divisor_of(given.problem()) == 0) return;
    const auto loss_rows = sample_rows(recipe, budget_.loss_logits);
    const auto grad_rows = sample_rows(recipe, budget_.grad_logits);
    for (const std::string& name : instruction_sets_) {
      try {
        measure_on(given, name, loss_rows, grad_rows);
      } catch (const KernelDeclined&) {  // a record without cases is skipped
      } catch (const KernelFault& fault) {
        for (const char* quantity : {"loss", "grad"})
          add_fault(given.recipe, fault, record_of(recipe, quantity, name));
      }
    }
  }

  void measure_on(const cases::Case<T>& given, const std::string& name,
                  const std::vector<std::ptrdiff_t>& loss_rows,
                  const std::vector<std::ptrdiff_t>& grad_rows) {
    const auto start = Clock::now();
    auto computed =
        compute(on_instruction_set(implementation_, name).template contract<T>(), given.problem());
    const Outputs<T> both = computed.outputs();
    const bool apart = loss_rows != grad_rows;
    reference::Judgement judged = judge(given, both, grad_rows);
    if (apart) judged.loss = judge(given, {.loss = both.loss}, loss_rows).loss;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    add(given.recipe, judged.loss, seconds / 2, record_of(given.recipe, "loss", name));
    add(given.recipe, judged.grad, seconds / 2, record_of(given.recipe, "grad", name));
  }

  // The loss, and the gradient beside it where there is one.
  reference::Judgement judge(const cases::Case<T>& given, const Outputs<T>& got,
                             const std::vector<std::ptrdiff_t>& rows) const {
    const char* law =
        got.grad.data != nullptr ? "gradient_within_contract" : "loss_within_contract";
    return reference::judge(given.problem(), got, &contract_,
                            {.case_id = to_string(given.recipe),
                             .command = repeat_command(site_of(law, given.recipe)),
                             .rows = rows});
  }

  Site site_of(std::string_view law, const cases::Recipe& recipe) const {
    return {
        .law = law, .implementation = implementation_.name, .dtype = dtype_of<T>, .recipe = recipe};
  }

  void add_fault(const cases::Recipe& recipe, const KernelFault& fault,
                 AccuracyRecord& record) const {
    record.verdict = Verdict::failed;
    if (!record.fault.empty()) return;
    record.fault = fmt::format("case {}: {}", to_string(recipe), fault.what());
    record.errors.max_witness.case_id = to_string(recipe);
    record.errors.max_witness.command = repeat_command(site_of("gradient_within_contract", recipe));
  }

  // Takes the ratio to bounds out of errors that no bounds are promised for, and notes what they
  // deserve: the least of all cases.
  void take_deserved(ErrorStats& errors, AccuracyRecord& record) const {
    const Tier tier = deserved(errors, record.quantity == "grad" ? 5 : 3);
    const auto all = std::span(all_tiers);
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](Tier one) { return to_string(one) == record.deserves; });
    if (known == all.end() || tier < *known) record.deserves = to_string(tier);
    errors.max_ratio.reset();
    errors.ratio_witness = {};
    errors.over_bound = 0;
  }

  void add(const cases::Recipe& recipe, ErrorStats errors, double seconds,
           AccuracyRecord& record) const {
    if (!contract_.promises_bounds) take_deserved(errors, record);
    const Verdict verdict =
        contract_.promises_bounds ? kept(errors, contract_.tier) : Verdict::passed;
    if (record.verdict == Verdict::skipped ||
        (verdict != Verdict::passed && record.verdict != Verdict::failed))
      record.verdict = verdict;
    record.seconds += seconds;
    record.cases.push_back({.targets = targets_text(recipe),
                            .classes = recipe.classes,
                            .rows = errors.count / (record.quantity == "grad" ? recipe.classes : 1),
                            .max_ratio = errors.max_ratio,
                            .place = place_of(errors.ratio_witness)});
    if (record.cases.size() == 1)
      record.errors = errors;
    else
      reference::merge(record.errors, errors);
  }

  // The record of the family of the recipe, made where there is none.
  AccuracyRecord& record_of(const cases::Recipe& recipe, std::string_view quantity,
                            const std::string& instruction_set) {
    for (AccuracyRecord& one : records_)
      if (one.quantity == quantity && one.instruction_set == instruction_set) return one;
    AccuracyRecord record;
    record.implementation = implementation_.name;
    record.dtype = to_string(dtype_of<T>);
    record.instruction_set = instruction_set;
    record.source = recipe.family;
    record.quantity = quantity;
    record.tier = to_string(contract_.tier);
    record.plugin = implementation_.plugin;
    return records_.emplace_back(std::move(record));
  }

  using Clock = std::chrono::steady_clock;

  const Implementation& implementation_;
  const Contract<T>& contract_;
  const Budget& budget_;
  const std::function<void()>& before_case_;
  std::vector<std::string> instruction_sets_;
  std::vector<AccuracyRecord> records_;  // of the family that is being measured
};

}  // namespace

std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation, DType dtype,
                                             const Budget& budget,
                                             const std::function<void()>& before_case) {
  std::vector<AccuracyRecord> found;
  measure_accuracy(implementation, dtype, budget, before_case, found);
  return found;
}

void measure_accuracy(const Implementation& implementation, DType dtype, const Budget& budget,
                      const std::function<void()>& before_case,
                      std::vector<AccuracyRecord>& found) {
  with_dtype(dtype, [&](auto zero) {
    Gauge<decltype(zero)>(implementation, budget, before_case).measure(found);
  });
}

std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation,
                                             const cases::Recipe& only) {
  const Budget all{.name = "one case",
                   .loss_logits = all_logits,
                   .grad_logits = all_logits,
                   .every_instruction_set = true};
  return with_dtype(only.dtype, [&](auto zero) {
    return Gauge<decltype(zero)>(implementation, all, {}).measure(only);
  });
}

}  // namespace xent::properties
