// SPDX-License-Identifier: MIT
// Soak: problems without end, each judged on a few subjects.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/soak/tally.hpp"
#include "tests/soak/trial.hpp"

namespace xent::soak {

/// A break, shrunk.
struct Finding {
  Subject subject;
  cases::Recipe drawn, smallest;
  Break broken;  // of the smallest
};

/// The command that repeats a finding.
std::string repeat_command(const Finding& finding);

struct Plan {
  std::vector<Subject> subjects;
  std::uint64_t seed = 1;
  std::int64_t problems = 0;                                 // to judge, at most
  std::chrono::seconds time = std::chrono::hours(24 * 365);  // to take, at most
  std::string dtype = {};                                    // "": all
  int threads = 2;
  bool until_broken = false;                        // stops at the first break
  std::function<bool()> stopped = {};               // asked after each batch
  std::function<void(const Finding&)> found = {};   // of each cause, once
  std::function<void(const Tally&)> progress = {};  // now and then
};

/// Draws, judges, shrinks. Of each problem are judged the dispatched subjects on one instruction
/// set, another for each batch of problems, and two of the others, those that were judged least.
/// Findings of the same implementation, type, law and levels are of one cause.
Tally soak(const Plan& plan);

}  // namespace xent::soak
