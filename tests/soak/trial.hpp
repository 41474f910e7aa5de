// SPDX-License-Identifier: MIT
// Trial: one problem computed by one subject and judged against the reference.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cases/case.hpp"
#include "tests/soak/subject.hpp"

namespace xent::soak {

/// A contract that does not hold, or that the reference could not decide.
struct Break {
  std::string_view law;  // of properties/laws.def, which repeats it
  std::string what;      // one line: place, result, exact value
};

/// Whether the subject takes the recipe, inside the domain of its contract.
bool takes(const Subject& subject, const cases::Recipe& recipe);

/// Whether the recipe makes a problem to judge: a mean does not divide by 0.
bool is_judged(const cases::Recipe& recipe);

/// Losses, log-sum-exps and, of three problems in four, gradients against the contract, special
/// values included; and, of one problem in eight, the same bits where rows begin elsewhere in
/// memory. Its gradients are those of the reduction.
std::optional<Break> try_out(const Subject& subject, const cases::Recipe& recipe);

}  // namespace xent::soak
