// SPDX-License-Identifier: MIT
// Options that several verbs have, spelled and explained once.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace xent::cli {

/// --json FILE; `what` says what it holds.
inline void add_json(CLI::App& app, std::string& file, const std::string& what) {
  app.add_option("--json", file, what + ", to a file or - for standard output")->type_name("FILE");
}

inline void add_instruction_set(CLI::App& app, std::string& name) {
  app.add_option("--instruction-set", name, "Of dispatched implementations: xent list")
      ->type_name("NAME");
}

/// --impl GLOB.
inline void add_implementations(CLI::App& app, std::string& pattern) {
  app.add_option("--impl", pattern, "Implementations: a name, or a pattern with * and ?")
      ->capture_default_str()
      ->type_name("GLOB");
}

}  // namespace xent::cli
