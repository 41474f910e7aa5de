// SPDX-License-Identifier: MIT
// Verbs: what the program `xent` can be told to do.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

namespace CLI {
class App;
}

namespace xent::cli {

/// A fault of the command line or of what it asks for; the message is one line. Exit 2.
struct UsageError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The reference could not decide a result at its last precision; the message is one line. Exit 1.
struct UndecidedResult : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr int exit_done = 0;
inline constexpr int exit_check_failed = 1;
inline constexpr int exit_bad_input = 2;
inline constexpr int exit_internal = 3;

/// Runs a verb whose options have been parsed; `command` is the command line, as a shell takes it.
/// The exit code.
using Action = std::function<int(const std::string& command)>;

struct Verb {
  const char* name;
  const char* summary;
  const char* example;              // one command, shown by --help
  Action (*define)(CLI::App& app);  // adds the options
};

}  // namespace xent::cli
