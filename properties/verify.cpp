// SPDX-License-Identifier: MIT
// Running a law: over its table, on one case, or on drawn cases by RapidCheck.

#include "properties/verify.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "properties/dispatch.hpp"
#include "properties/drawing/joined.hpp"
#include "properties/drawing/search.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/message.hpp"

namespace xent::properties {
namespace {

struct Failure {
  bool is_fault = false;  // of a kernel that broke the rules of a kernel
  std::string message;
  std::string command;
  std::string instruction_set;
  Witness witness;
  std::optional<double> ratio;
};

Failure failure_of(const Site& site, const Violation& violation) {
  return {.message = describe(site, violation),
          .command = repeat_command(site),
          .instruction_set = site.instruction_set,
          .witness = {.case_id = site.recipe ? to_string(*site.recipe) : "",
                      .row = violation.row,
                      .column = violation.column,
                      .got = violation.got,
                      .expected = violation.expected,
                      .ulp = violation.ulp,
                      .command = {}},
          .ratio = violation.ratio};
}

/// The failure of a kernel that broke the rules of a kernel; it has a case and no numbers.
Failure failure_of(const Site& site, const KernelFault& fault) {
  return {.is_fault = true,
          .message = describe(site, fault.what()),
          .command = repeat_command(site),
          .instruction_set = site.instruction_set,
          .witness = {.case_id = site.recipe ? to_string(*site.recipe) : "",
                      .got = {},
                      .expected = {},
                      .ulp = {},
                      .command = {}},
          .ratio = {}};
}

template <class T>
class Runner {
 public:
  Runner(const Law& law, const Implementation& implementation, LawRecord& record)
      : law_(law),
        implementation_(implementation),
        contract_(implementation.contract<T>()),
        targets_(offered_targets(law.scope.targets, contract_.offers)),
        scope_(law.scope),
        record_(record) {
    scope_.targets = targets_;
  }

  void run(const RunOptions& options) {
    try {
      check(options);
    } catch (const KernelDeclined& declined) {
      record_.verdict = Verdict::skipped;
      record_.message = declined.what();
    }
  }

 private:
  void check(const RunOptions& options) {
    if (const auto reason = why_skipped(options)) {
      record_.message = *reason;
    } else if (law_.is_table()) {
      settle(check_table(), 1);
    } else if (options.only) {
      record_.cases = 1;
      settle(check_case(*options.only), 1);
    } else {
      settle(check_drawn(options), fewest_cases);
    }
  }

  std::optional<std::string> why_skipped(const RunOptions& options) const {
    for (const Unclaimed& unclaimed : implementation_.unclaimed)
      if (unclaimed.law == law_.name) return std::string(unclaimed.reason);
    if (contract_.kernel == nullptr) return "not offered for " + std::string(record_.dtype);
    if (targets_.empty()) return "the law is about targets that are not offered";
    if (const std::string what = lacking(contract_.offers, law_.scope.adds); !what.empty())
      return what + " is not offered";
    if (options.only) return why_outside_of(*options.only);
    if (auto reason = why_outside(scope_, contract_.domain)) return reason;
    if (!law_.is_table() && candidates(scope_, dtype_of<T>, contract_.domain).empty())
      return "no family of the law lies in the domain";
    return std::nullopt;
  }

  std::optional<std::string> why_outside_of(const cases::Recipe& only) const {
    auto reason = why_outside(scope_, contract_.domain, contract_.offers, only);
    if (!reason && divisor_of(cases::make_case<T>(only).problem()) == 0)
      reason = "the mean divides by a sum of weights that is 0";
    return reason;
  }

  void settle(const std::optional<Failure>& failure, int enough) {
    record_.verdict = record_.cases >= enough ? Verdict::passed : Verdict::mistrusted;
    if (record_.verdict == Verdict::mistrusted) {
      record_.message = std::to_string(record_.cases) + " cases lie in the domain";
      record_.command = repeat_command({law_.name, implementation_.name, dtype_of<T>});
    }
    if (!failure) return;
    record_.verdict = Verdict::failed;
    record_.message = failure->message;
    record_.command = failure->command;
    record_.instruction_set = failure->instruction_set;
    record_.witness = failure->witness;
    record_.ratio = failure->ratio;
  }

  template <class Violated>
  std::optional<Failure> on_every_instruction_set(const std::optional<cases::Recipe>& recipe,
                                                  Violated violated) const {
    for (const std::string& name : instruction_sets_of(implementation_)) {
      const Site site{law_.name, implementation_.name, dtype_of<T>, name, recipe};
      try {
        if (const std::optional<Violation> violation =
                violated(on_instruction_set(implementation_, name).template contract<T>()))
          return failure_of(site, *violation);
      } catch (const KernelDeclined&) {
        throw;
      } catch (const KernelFault& fault) {
        return failure_of(site, fault);
      }
    }
    return std::nullopt;
  }

  std::optional<Failure> check_table() {
    return on_every_instruction_set(std::nullopt, [&](const Contract<T>& contract) {
      const TableOutcome outcome = law_.table_check<T>()(contract);
      record_.cases = outcome.entries;
      return outcome.violation;
    });
  }

  std::optional<Failure> check_case(const cases::Recipe& recipe) const {
    const auto given = cases::make_case<T>(recipe);
    if (divisor_of(given.problem()) == 0) return std::nullopt;
    return on_every_instruction_set(
        recipe, [&](const Contract<T>& contract) { return law_.case_check<T>()(contract, given); });
  }

  std::optional<Failure> check_drawn(const RunOptions& options) {
    const Domain& domain = contract_.domain;
    const auto families = candidates(scope_, dtype_of<T>, domain);
    std::optional<Failure> last;
    const auto holds = [&](const cases::Recipe& recipe) {
      if (last && last->is_fault) return true;  // not shrunk: what ends a process may take seconds
      if (options.before_case) options.before_case();
      if (!last && options.coverage != nullptr) options.coverage->add(recipe);
      auto failure = check_case(recipe);
      const bool none = !failure;
      if (failure) last = std::move(failure);
      return none;
    };
    const auto simpler = [&](const cases::Recipe& recipe) {
      return simpler_recipes(recipe, scope_, domain, families);
    };
    for (const cases::Recipe& recipe : joined(options)) {
      ++record_.cases;
      if (holds(recipe)) continue;
      shrunk(recipe, simpler, holds);
      return last;
    }
    const auto left = options.cases - static_cast<int>(record_.cases);
    record_.cases +=
        search(recipes(scope_, domain, contract_.offers, families), options.seed, left, holds);
    return last;
  }

  // At most two thirds of the cases: the others are free.
  std::vector<cases::Recipe> joined(const RunOptions& options) const {
    if (!scope_.joined) return {};
    const Drawn drawn = drawn_levels(scope_, dtype_of<T>, contract_.domain, contract_.offers);
    if (options.coverage != nullptr) options.coverage->add(drawn);
    auto all = joined_recipes(drawn, scope_.min_rows,
                              (scope_.options & contract_.offers).ignore_index, options.seed);
    all.resize(std::min(all.size(), static_cast<std::size_t>(2 * options.cases / 3)));
    return all;
  }

  const Law& law_;
  const Implementation& implementation_;
  const Contract<T>& contract_;
  const std::vector<cases::TargetKind> targets_;
  Scope scope_;  // that of the law, with the targets that are offered
  LawRecord& record_;
};

void refuse_wrong_case(const Law& law, DType dtype, const RunOptions& options) {
  if (!options.only) return;
  if (law.is_table())
    throw cases::InvalidRecipe(std::string(law.name) + " is a table and takes no case");
  if (options.only->dtype != dtype)
    throw cases::InvalidRecipe(to_string(*options.only) + " is not a case of " +
                               std::string(to_string(dtype)));
}

}  // namespace

LawRecord run_law(const Law& law, const Implementation& implementation, DType dtype,
                  const RunOptions& options) {
  refuse_wrong_case(law, dtype, options);
  const auto start = std::chrono::steady_clock::now();
  LawRecord record;
  record.law = law.name;
  record.implementation = implementation.name;
  record.dtype = to_string(dtype);
  record.plugin = implementation.plugin;
  with_dtype(dtype,
             [&](auto zero) { Runner<decltype(zero)>(law, implementation, record).run(options); });
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return record;
}

}  // namespace xent::properties
