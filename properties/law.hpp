// SPDX-License-Identifier: MIT
// Law: a statement that holds for every right implementation, and the check of it on one case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include <xent/contract.hpp>

#include "cases/case.hpp"
#include "properties/scope.hpp"

namespace xent::properties {

/// Where a law does not hold. Numbers as text, decimal and hexadecimal.
struct Violation {
  std::ptrdiff_t row = -1;     // -1: the reduced loss
  std::ptrdiff_t column = -1;  // -1: the loss
  std::string got;
  std::string expected;
  std::string input = {};  // the entry of a table; empty for a drawn case
};

/// Checks one case inside the scope and the domain: the first violation, or nothing.
template <class T>
using CaseCheck = std::optional<Violation> (*)(const Contract<T>&, const cases::Case<T>&);

struct TableOutcome {
  std::int64_t entries = 0;  // inside the domain
  std::optional<Violation> violation = {};
};

/// Checks every entry of the law's own table that lies in the domain.
template <class T>
using TableCheck = TableOutcome (*)(const Contract<T>&);

/// For one element type; one of the two is set.
template <class T>
struct Check {
  CaseCheck<T> of_case = nullptr;
  TableCheck<T> of_table = nullptr;
};

struct Law {
  std::string_view name;       // properties/laws/<name>.cpp
  std::string_view statement;  // as a formula, one line
  std::string_view source;     // where it comes from
  Scope scope = {};            // of drawn cases
  Check<float> f32 = {};
  Check<double> f64 = {};

  template <class T>
  const Check<T>& check() const {
    if constexpr (std::is_same_v<T, float>)
      return f32;
    else
      return f64;
  }
};

/// All laws, in the order of properties/laws.def.
std::span<const Law* const> laws();

/// The law of that name, or nullptr.
const Law* find_law(std::string_view name);

}  // namespace xent::properties
