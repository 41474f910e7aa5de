// SPDX-License-Identifier: MIT
// The completion for fish: one line for each verb and for each of its options.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/manual.hpp"

namespace xent::cli {
namespace {

std::string quoted(const std::string& text) {
  std::string quote;
  for (const char c : text) {
    if (c == '\'' || c == '\\') quote += '\\';
    quote += c;
  }
  return "'" + quote + "'";
}

/// What follows the names of an option: whether it takes a value, and of what kind.
std::string completed(const Parameter& one) {
  if (one.value == Value::none) return "";
  if (one.value == Value::file) return " -rF";
  if (one.value == Value::folder) return " -xa '(__fish_complete_directories)'";
  if (one.choices.empty()) return " -x";
  return fmt::format(" -xa '{}'", fmt::join(one.choices, " "));
}

std::string option_line(const std::string& begin, const Parameter& option) {
  std::string line = begin;
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return fmt::format("{}{} -d {}\n", line, completed(option), quoted(option.text));
}

std::string argument_line(const std::string& begin, const Parameter& argument) {
  if (argument.value == Value::file) return begin + " -F\n";
  return fmt::format("{} -a '{}'\n", begin, fmt::join(argument.choices, " "));
}

}  // namespace

std::string fish_completion(const std::vector<Command>& commands) {
  std::string text =
      "# fish completion of xent, written by: xent completion fish\ncomplete -c xent -f\n";
  for (const Command& command : commands)
    text += fmt::format("complete -c xent -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        quoted(command.summary));
  for (const Command& command : commands) {
    const std::string begin =
        fmt::format("complete -c xent -n '__fish_seen_subcommand_from {}'", command.name);
    for (const Parameter& option : command.options) text += option_line(begin, option);
    for (const Parameter& argument : command.arguments) text += argument_line(begin, argument);
  }
  return text;
}

}  // namespace xent::cli
