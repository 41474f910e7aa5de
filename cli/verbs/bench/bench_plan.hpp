// SPDX-License-Identifier: MIT
// What the options of `xent bench` ask for, as a plan of the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/plan.hpp"
#include "cli/options/form_options.hpp"

namespace xent::cli {

/// What the options of `xent bench` say.
struct BenchOptions {
  std::string implementations = "*";
  std::vector<std::ptrdiff_t> batch, classes;
  std::string shapes;
  std::string dtype = "f32";
  std::string layout, reduction;  // "": not told
  FormOptions form;
  std::string family = "normal(3)";
  std::vector<std::string> plugins;
  std::string instruction_set, json;
  bool gradient = false;
  bool two_forms = false;
  bool peers = false;
  int threads = 1;
  int repetitions = 9;
  double min_time = bench::Plan{}.min_time;  // seconds
  std::uint64_t seed = 1;
};

/// Returns the plan. Throws UsageError where a name is not known, options do not go together, or
/// this build lacks the peers.
bench::Plan plan_of(const BenchOptions& options);

}  // namespace xent::cli
