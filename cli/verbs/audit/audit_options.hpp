// SPDX-License-Identifier: MIT
// The options of audit.
#pragma once

#include <optional>
#include <string>

#include <xent/contract.hpp>

#include "cli/problem/problem_options.hpp"
#include "cli/verbs/audit/audited.hpp"

namespace CLI {
class App;
}

namespace xent::cli {

/// What the command line says.
struct AuditOptions {
  ProblemOptions problem;
  AuditedPlaces results;
  std::string ulp_of, tier, json;
  std::optional<double> max_ulp;
  bool details = false;
  bool self_test = false;
  int threads = 0;
};

/// Adds the options; `options` must live until they are parsed.
void add_audit_options(CLI::App& app, AuditOptions& options);

/// The tier that is demanded, if one is. Throws UsageError for one that demands nothing.
std::optional<Tier> demanded_tier(const std::string& name);

/// Throws UsageError where an option is given that the self-test does not read.
void require_self_test_alone(const CLI::App& app);

}  // namespace xent::cli
