// SPDX-License-Identifier: MIT
// Options that several verbs have, spelled and explained once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "bench/plan.hpp"
#include "cli/options/ranges.hpp"
#include "plugin/plugin.hpp"

namespace xent::cli {

/// --json FILE; `what` says what it holds.
inline void add_json(CLI::App& app, std::string& file, const std::string& what) {
  app.add_option("--json", file, what + ", to a file or - for standard output")->type_name("FILE");
}

inline void add_instruction_set(CLI::App& app, std::string& name) {
  app.add_option("--instruction-set", name, "Of dispatched implementations: xent list")
      ->type_name("NAME");
}

/// --impl GLOBS.
inline void add_implementations(CLI::App& app, std::string& patterns) {
  app.add_option("--impl", patterns,
                 "Implementations: names, or patterns with * and ?, comma-separated")
      ->capture_default_str()
      ->type_name("GLOBS");
}

/// --plugin FILE, which may be repeated.
inline void add_plugins(CLI::App& app, std::vector<std::string>& files) {
  app.add_option("--plugin", files,
                 "Also the kernels of this shared library (docs/plugins.md); may be repeated")
      ->allow_extra_args(false)
      ->type_name("FILE");
}

/// Opens the plugins, so that their kernels are among the implementations.
inline void open_plugins(const std::vector<std::string>& files) {
  for (const std::string& file : files) plugin::add_plugin(file);
}

/// --threads T of what is timed.
inline void add_timed_threads(CLI::App& app, int& threads) {
  app.add_option("--threads", threads, "That the kernels may use, and the roofs with them")
      ->capture_default_str()
      ->check(integer_from(1, bench::most_threads))
      ->type_name("T");
}

/// --repetitions N of what is timed.
inline void add_repetitions(CLI::App& app, int& repetitions) {
  app.add_option("--repetitions", repetitions, "Samples of each figure, in rounds of random order")
      ->capture_default_str()
      ->check(integer_from(1, 1'000'000));
}

/// --seed S; `what` says of what.
inline void add_seed(CLI::App& app, std::uint64_t& seed, const std::string& what) {
  app.add_option("--seed", seed, what)
      ->capture_default_str()
      ->check(integer_from<std::uint64_t>(0, std::numeric_limits<std::uint64_t>::max()))
      ->type_name("S");
}

/// Of --batch and --classes: more fit into no memory.
inline constexpr std::ptrdiff_t most_rows_or_classes = 1'000'000'000'000;

}  // namespace xent::cli
