// SPDX-License-Identifier: MIT
// What the options of `xent verify` ask for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/verbs/verify/verification.hpp"

namespace xent::cli {

/// What the options of `xent verify` say.
struct VerifyOptions {
  std::string implementations = "*";
  std::string laws = "*";
  std::string dtype, one_case, shard, junit, json;
  std::vector<std::string> plugins;
  std::string budget = "smoke";
  std::uint64_t seed = 1;
  bool only_accuracy = false;
  bool bands = false;
  bool verbose = false;
};

/// The laws, the case and the errors that are asked for, of the subjects that can have them. Throws
/// UsageError where a name is not known.
Verification work_of(const VerifyOptions& options);

/// The work that all shards are parts of, as a shell takes it.
std::string whole_of(const VerifyOptions& options);

}  // namespace xent::cli
