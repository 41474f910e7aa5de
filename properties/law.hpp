// SPDX-License-Identifier: MIT
// Law: a statement that holds for every right implementation, and the check of it on one case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include <xent/contract.hpp>

#include "cases/case.hpp"
#include "properties/drawing/scope.hpp"

namespace xent::properties {

/// Where a law does not hold. Numbers as text, decimal and hexadecimal.
struct Violation {
  std::ptrdiff_t row = -1;     // -1: the reduced loss
  std::ptrdiff_t column = -1;  // -1: the loss
  std::string got;
  std::string expected;
  std::string input = {};            // the entry of a table; empty for a drawn case
  std::optional<double> ulp = {};    // the error in ulp of the exact value, where that is known
  std::optional<double> ratio = {};  // error / contract, where that is what is broken
};

/// Checks one case inside the scope and the domain, whose mean, if it is one, does not divide by 0:
/// the first violation, or nothing.
template <class T>
using CaseCheck = std::optional<Violation> (*)(const Contract<T>&, const cases::Case<T>&);

struct TableOutcome {
  std::int64_t entries = 0;  // inside the domain
  std::optional<Violation> violation = {};
};

/// Checks every entry of the law's own table that lies in the domain.
template <class T>
using TableCheck = TableOutcome (*)(const Contract<T>&);

/// The checks of a law: either kind, for every element type.
struct Checks {
  OfEachElement<std::tuple, CaseCheck> of_case = {};
  OfEachElement<std::tuple, TableCheck> of_table = {};
};

/// `check(contract, given)` of every element type; a generic lambda without captures.
template <class F>
constexpr Checks of_case(F check) {
  Checks checks;
#define XENT_SET(T) std::get<CaseCheck<T>>(checks.of_case) = check;
  XENT_EACH_TYPE(XENT_SET)
#undef XENT_SET
  return checks;
}

/// `check(contract)` of every element type.
template <class F>
constexpr Checks of_table(F check) {
  Checks checks;
#define XENT_SET(T) std::get<TableCheck<T>>(checks.of_table) = check;
  XENT_EACH_TYPE(XENT_SET)
#undef XENT_SET
  return checks;
}

struct Law {
  std::string_view name;       // properties/laws/<name>.cpp
  std::string_view statement;  // as a formula, one line
  std::string_view source;     // where it comes from
  Scope scope = {};            // of drawn cases
  Checks checks = {};

  /// Null where the law is a table.
  template <class T>
  CaseCheck<T> case_check() const {
    return std::get<CaseCheck<T>>(checks.of_case);
  }
  /// Null where it is not.
  template <class T>
  TableCheck<T> table_check() const {
    return std::get<TableCheck<T>>(checks.of_table);
  }
  bool is_table() const { return table_check<float>() != nullptr; }
};

/// All laws, in the order of properties/laws.def.
std::span<const Law* const> laws();

/// The law of that name, or nullptr.
const Law* find_law(std::string_view name);

}  // namespace xent::properties
