// SPDX-License-Identifier: MIT
// Verification: the work of verify, subject by subject.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <xent/records/results.hpp>

#include "cli/options/select.hpp"
#include "cli/verbs/verify/shard.hpp"
#include "properties/budget.hpp"
#include "properties/law.hpp"
#include "properties/verify.hpp"

namespace xent::cli {

struct Verification {
  std::vector<Subject> subjects;  // those of an implementation side by side
  std::vector<const properties::Law*> laws;
  properties::RunOptions run;
  std::optional<properties::Budget> accuracy;  // absent: no errors on data sets and families
  Shard shard;
  bool speaks = true;  // prints what was found of each implementation
  bool verbose = false;
};

/// Laws times subjects, and the errors of each subject: what shards are parts of.
std::size_t pieces_of(const Verification& work);

struct Verified {
  Results results;
  bool incomplete = false;  // interrupted: what was begun then is left out
};

/// The laws and the errors of all subjects that fall to the shard. Shows its progress on a
/// terminal. Ends between two cases where system::interrupted().
Verified verify(const Verification& work);

}  // namespace xent::cli
