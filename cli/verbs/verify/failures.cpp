// SPDX-License-Identifier: MIT
#include "cli/verbs/verify/failures.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "reports/records/outcome.hpp"

namespace xent::cli {
namespace {

bool is_green(Verdict verdict) { return verdict == Verdict::passed || verdict == Verdict::skipped; }

Failure failure_of(const LawRecord& law) {
  const bool witnessed = !law.witness.got.empty();
  return {.verdict = law.verdict,
          .law = law.law,
          .quantity = !witnessed                ? ""
                      : law.witness.column >= 0 ? "grad"
                                                : "loss",
          .dtype = law.dtype,
          .instruction_set = law.instruction_set,
          .witness = law.witness,
          .ratio = law.ratio,
          .remark = witnessed ? "" : law.message,
          .command = law.command};
}

Failure failure_of(const AccuracyRecord& record) {
  const ErrorStats& errors = record.errors;
  const Witness& witness = errors.telling_witness();
  const bool loss = record.quantity == "loss";
  return {.verdict = record.verdict,
          .law = loss ? "loss_within_contract" : "gradient_within_contract",
          .quantity = record.quantity,
          .dtype = record.dtype,
          .instruction_set = record.instruction_set,
          .witness = witness,
          .ratio = errors.max_ratio > 1 ? errors.max_ratio : std::nullopt,
          .remark = !record.fault.empty()   ? record.fault
                    : errors.breaches() > 0 ? reports::categories_text(errors.categories)
                                            : "",
          .command = witness.command};
}

auto key_of(const Failure& one) {
  return std::tie(one.verdict, one.law, one.quantity, one.dtype, one.instruction_set);
}

bool is_worse(const Failure& one, const Failure& other) {
  constexpr double no_number = std::numeric_limits<double>::infinity();
  const auto size = [&](const Failure& f) {
    return std::tuple(f.witness.ulp.value_or(no_number) == no_number, f.ratio.value_or(0),
                      f.witness.ulp.value_or(no_number));
  };
  return size(one) > size(other);
}

}  // namespace

std::vector<Failure> failures_of(const std::vector<LawRecord>& laws,
                                 const std::vector<AccuracyRecord>& accuracy) {
  std::vector<Failure> all;
  for (const LawRecord& one : laws)
    if (!is_green(one.verdict)) all.push_back(failure_of(one));
  for (const AccuracyRecord& one : accuracy)
    if (!is_green(one.verdict)) all.push_back(failure_of(one));
  return all;
}

std::vector<Cause> causes_of(const std::vector<Failure>& failures) {
  std::vector<Cause> causes;
  for (const Failure& one : failures) {
    const auto cause = std::ranges::find_if(
        causes, [&](const Cause& known) { return key_of(known.worst) == key_of(one); });
    if (cause == causes.end()) {
      causes.push_back({.checks = 1, .worst = one});
      continue;
    }
    ++cause->checks;
    if (is_worse(one, cause->worst)) cause->worst = one;
  }
  return causes;
}

}  // namespace xent::cli
