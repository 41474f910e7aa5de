// SPDX-License-Identifier: MIT
// Admission: domain first, then the oracle.

#include "bench/admission.hpp"

#include <string>
#include <string_view>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "bench/check.hpp"

namespace xent::bench {
namespace {

Untimed untimed(const Implementation& implementation, const cases::Recipe& recipe, bool gradient,
                std::string_view why) {
  return {std::string(implementation.name),
          fmt::format("{}, {} {}x{} {}{}: {}", implementation.name, to_string(recipe.dtype),
                      recipe.rows, recipe.classes, to_string(recipe.targets),
                      gradient ? " with gradient" : "", why)};
}

/// The instruction set that the implementation is timed on, "" where it has no choice.
std::string instruction_set_of(const Implementation& implementation, const Plan& plan) {
  if (!implementation.dispatched) return "";
  return plan.instruction_set.empty() ? instruction_sets().front() : plan.instruction_set;
}

template <class T>
void add(const Implementation& implementation, const Plan& plan, const Workload<T>& workload,
         cases::TargetKind form, const Check& verdict, Admitted& admitted) {
  const cases::Recipe recipe = workload.recipe_of(form);
  admitted.records.push_back({.implementation = std::string(implementation.name),
                              .dtype = std::string(to_string(recipe.dtype)),
                              .instruction_set = instruction_set_of(implementation, plan),
                              .targets = std::string(to_string(recipe.targets)),
                              .gradient = plan.gradient,
                              .batch = recipe.rows,
                              .classes = recipe.classes,
                              .repetitions = plan.repetitions,
                              .bytes = workload.bytes(form),
                              .checked_ulp = verdict.loss_ulp,
                              .checked_rows = verdict.rows});
  const Kernel<T> kernel = implementation.contract<T>().kernel;
  const Problem<T> problem = workload.problem(form, recipe.reduction);
  const Outputs<T> out = workload.outputs(recipe.reduction);
  admitted.calls.emplace_back([kernel, problem, out] { kernel(problem, out); });
}

template <class T>
void consider(const Implementation& implementation, const Plan& plan, const Workload<T>& workload,
              cases::TargetKind form, Measurements& found, Admitted& admitted) {
  const Contract<T>& contract = implementation.contract<T>();
  const cases::Recipe recipe = workload.recipe_of(form);
  const auto because = [&](std::string_view why) {
    return untimed(implementation, recipe, plan.gradient, why);
  };
  if (contract.kernel == nullptr)
    return found.skipped.push_back(because("it has no kernel of this element type"));
  if (!cases::lies_within(recipe, contract.domain))
    return found.skipped.push_back(because("outside its domain"));
  if (const auto what = lacking(contract.offers, workload.problem(form, recipe.reduction));
      !what.empty())
    return found.skipped.push_back(because(fmt::format("it does not take {}", what)));
  const Check verdict = check(contract, workload, form, plan.checked_logits);
  if (!verdict.fault.empty()) return found.failures.push_back(because(verdict.fault));
  add(implementation, plan, workload, form, verdict, admitted);
}

}  // namespace

template <class T>
Admitted admit(const Plan& plan, const Workload<T>& workload, const Progress& progress,
               Measurements& found) {
  Admitted admitted;
  for (const Implementation* implementation : plan.implementations)
    for (const cases::TargetKind form : plan.forms) {
      if (plan.admits && !plan.admits(*implementation, form)) continue;
      progress(fmt::format("checking {} on {}", implementation->name, to_string(form)));
      consider(*implementation, plan, workload, form, found, admitted);
    }
  return admitted;
}

#define XENT_INSTANTIATE(T) \
  template Admitted admit(const Plan&, const Workload<T>&, const Progress&, Measurements&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::bench
