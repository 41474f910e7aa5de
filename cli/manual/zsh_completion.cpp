// SPDX-License-Identifier: MIT
// The completion for zsh: one call of _arguments for each verb.
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/manual.hpp"

namespace xent::cli {
namespace {

/// In single quotes, where a backslash precedes each of `special`.
std::string quoted(const std::string& text, std::string_view special) {
  std::string quote;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) quote += '\\';
    quote += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quote;
}

std::string completed(const Parameter& one) {
  if (one.value == Value::file) return "_files";
  if (one.value == Value::folder) return "_files -/";
  if (one.choices.empty()) return "";
  return fmt::format("({})", fmt::join(one.choices, " "));
}

/// Returns a specification for each name of the option.
std::string specifications(const Parameter& one) {
  std::string text;
  for (const std::string& name : one.names) {
    const bool takes = one.value != Value::none;
    text +=
        fmt::format(" \\\n        '{}{}[{}]", name, takes ? "=" : "", quoted(one.text, "[]:\\"));
    if (takes) text += fmt::format(":{}:{}", quoted(one.value_name, ":\\"), completed(one));
    text += "'";
  }
  return text;
}

std::string command_case(const Command& command) {
  std::string text = fmt::format("    {})\n      _arguments", command.name);
  for (const Parameter& option : command.options) text += specifications(option);
  for (const Parameter& one : command.arguments)
    text += fmt::format(" \\\n        '*:{}:{}'", quoted(one.value_name, ":\\"), completed(one));
  return text + " ;;\n";
}

}  // namespace

std::string zsh_completion(const std::vector<Command>& commands) {
  std::string verbs;
  std::string cases;
  for (const Command& command : commands) {
    verbs += fmt::format("    '{}:{}'\n", command.name, quoted(command.summary, ":\\"));
    cases += command_case(command);
  }
  return fmt::format(R"(#compdef xent
# zsh completion of xent, written by: xent completion zsh
_xent() {{
  local -a verbs=(
{}  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{}  esac
}}
_xent "$@"
)",
                     verbs, cases);
}

}  // namespace xent::cli
