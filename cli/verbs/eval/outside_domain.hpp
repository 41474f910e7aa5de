// SPDX-License-Identifier: MIT
// Whether a problem lies in a domain.
#pragma once

#include <optional>
#include <string>

#include <xent/any_problem.hpp>
#include <xent/contract.hpp>

namespace xent::cli {

/// The first thing about the problem that lies outside the domain, or nothing.
std::optional<std::string> outside_domain(const Domain& domain, const AnyProblem& problem);

}  // namespace xent::cli
