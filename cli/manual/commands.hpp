// SPDX-License-Identifier: MIT
// Commands: what CLI11 knows of the verbs and their options, as plain data from which the man page
// and the completions of the shells are written.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace xent::cli {

/// What an option or an argument takes.
enum class Value { none, text, file, folder };

struct Parameter {
  std::vector<std::string> names;  // with their dashes, the longest first; of an argument, none
  Value value = Value::none;
  std::string value_name;            // as help shows it: FILE
  std::vector<std::string> choices;  // names that the value may have, where they are few
  std::string text;
  std::string standard;  // what the value is where the option is not given; may be empty
  bool required = false;
};

struct Command {
  std::string name;
  std::string summary;
  std::string example;
  std::vector<Parameter> options;
  std::vector<Parameter> arguments;
};

/// Returns the verbs of the program, in the order of its help.
std::vector<Command> commands_of(const CLI::App& app);

}  // namespace xent::cli
