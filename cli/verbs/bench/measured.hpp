// SPDX-License-Identifier: MIT
// Running plans of the engine for a person: progress, interruption, the document of what was
// measured.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <xent/records/results.hpp>

#include "bench/engine.hpp"
#include "bench/plan.hpp"
#include "machine/load.hpp"

namespace xent::cli {

/// What was measured; where it was interrupted, of the shapes that were done.
struct Measured {
  bench::Measurements found;
  std::string interrupted;  // how far it came; "" where it came to the end
};

/// Runs the plans one after the other, and says how many of their shapes are done, which it calls
/// `piece`: "shape".
Measured measured(std::span<const bench::Plan> plans, std::string_view piece);

/// Returns the records as a document, of a run that began at that load.
Results results_of(const Measured& measured, const std::string& command, const bench::Plan& plan,
                   const machine::Load& start);

/// Tells of the failures, unless they are in the table, and of an interruption, and returns the
/// exit code.
int finished(const Measured& measured, std::string_view verb, bool tells_failures);

}  // namespace xent::cli
