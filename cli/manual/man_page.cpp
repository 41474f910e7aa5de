// SPDX-License-Identifier: MIT
// The man page, in the macros of man(7).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/manual.hpp"

namespace xent::cli {
namespace {

/// Text that roff shows as it is: dashes are not hyphens, backslashes are shown, and no line begins
/// as a command.
std::string shown(const std::string& text) {
  std::string roff;
  for (const char c : text) {
    if (c == '\\')
      roff += "\\e";
    else if (c == '-')
      roff += "\\-";
    else if (c == '~' || c == '^' || c == '`')
      roff += fmt::format("\\({}", c == '~' ? "ti" : c == '^' ? "ha" : "ga");
    else
      roff += c;
  }
  return roff.starts_with('.') || roff.starts_with('\'') ? "\\&" + roff : roff;
}

std::string heading_of(const Parameter& one) {
  std::string text;
  for (const std::string& name : one.names)
    text += fmt::format("{}\\fB{}\\fR", text.empty() ? "" : ", ", shown(name));
  if (one.value == Value::none) return text;
  return text + fmt::format("{}\\fI{}\\fR", text.empty() ? "" : " ", shown(one.value_name));
}

std::string parameter_text(const Parameter& one) {
  std::string text = fmt::format(".TP\n{}\n{}.", heading_of(one), shown(one.text));
  if (one.required) text += " It must be given.";
  if (!one.standard.empty()) text += fmt::format(" Without it, {}.", shown(one.standard));
  return text + "\n";
}

std::string command_text(const Command& command) {
  std::string text =
      fmt::format(".SS \"xent {}\"\n{}.\n", shown(command.name), shown(command.summary));
  for (const Parameter& argument : command.arguments) text += parameter_text(argument);
  for (const Parameter& option : command.options)
    if (option.names.front() != "--help") text += parameter_text(option);
  return text + fmt::format(".PP\nExample:\n.PP\n.EX\n  {}\n.EE\n", shown(command.example));
}

}  // namespace

std::string man_page(const std::vector<Command>& commands, const std::string& summary) {
  std::string text = fmt::format(
      ".TH XENT 1 \"\" \"xent {}\" \"User Commands\"\n"
      ".SH NAME\nxent \\- softmax cross\\-entropy on CPUs\n"
      ".SH SYNOPSIS\n.B xent\n.I VERB\n[\\fIOPTION\\fR ...]\n"
      ".SH DESCRIPTION\n{}\n"
      "Each verb answers one question; \\fBxent help\\fR \\fIVERB\\fR explains it.\n.SH VERBS\n",
      XENT_VERSION, shown(summary));
  for (const Command& command : commands) text += command_text(command);
  return text +
         ".SH EXIT STATUS\n"
         ".TP\n0\nThe work is done, and every check passed.\n"
         ".TP\n1\nA check failed, or the question could not be answered.\n"
         ".TP\n2\nThe command or a file is at fault, or an output cannot be written.\n"
         ".TP\n3\nThe program met an error of its own.\n"
         ".SH ENVIRONMENT\n"
         ".TP\nXENT_DATA\nThe folder of the data sets; without it, ../share/xent/data beside the "
         "program.\n"
         ".TP\nCOLUMNS\nThe width of tables and lines; without it, that of the terminal.\n";
}

}  // namespace xent::cli
