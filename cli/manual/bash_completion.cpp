// SPDX-License-Identifier: MIT
// The completion for bash: one case for each verb, and in it one for each option that takes a
// value.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/manual.hpp"

namespace xent::cli {
namespace {

/// The command that completes a value; ":" where any text may be one.
std::string completed(const Parameter& one) {
  if (one.value == Value::file) return "_xent_paths -f";
  if (one.value == Value::folder) return "_xent_paths -d";
  if (one.choices.empty()) return ":";
  return fmt::format("_xent_words '{}'", fmt::join(one.choices, " "));
}

std::string command_case(const Command& command) {
  std::string text = fmt::format("    {})\n      case $before in\n", command.name);
  std::vector<std::string> names;
  for (const Parameter& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.value == Value::none) continue;
    text += fmt::format("        {}) {}; return ;;\n", fmt::join(option.names, " | "),
                        completed(option));
  }
  text += "      esac\n";
  if (!command.arguments.empty())
    text += fmt::format("      [[ $word == -* ]] || {{ {}; return; }}\n",
                        completed(command.arguments.front()));
  return text + fmt::format("      _xent_words '{}' ;;\n", fmt::join(names, " "));
}

}  // namespace

std::string bash_completion(const std::vector<Command>& commands) {
  std::string verbs;
  std::string cases;
  for (const Command& command : commands) {
    verbs += (verbs.empty() ? "" : " ") + command.name;
    cases += command_case(command);
  }
  return fmt::format(R"(# bash completion of xent, written by: xent completion bash
_xent_words() {{ COMPREPLY=($(compgen -W "$1" -- "$word")); }}
_xent_paths() {{
  local IFS=$'\n'
  COMPREPLY=($(compgen "$1" -- "$word"))
  compopt -o filenames 2>/dev/null
}}
_xent() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} at=$((COMP_CWORD - 1)) before
  [[ $word == '=' ]] && word=
  [[ ${{COMP_WORDS[at]}} == '=' ]] && at=$((at - 1))
  before=${{COMP_WORDS[at]}}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    _xent_words '{} --help --version'
    return
  fi
  case ${{COMP_WORDS[1]}} in
{}  esac
}}
complete -F _xent xent
)",
                     verbs, cases);
}

}  // namespace xent::cli
