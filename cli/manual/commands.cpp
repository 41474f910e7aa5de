// SPDX-License-Identifier: MIT
// Commands: read from CLI11's description of the program.
#include "cli/manual/commands.hpp"

#include <CLI/CLI.hpp>

#include "cli/manual/choices.hpp"

namespace xent::cli {
namespace {

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

/// Files are known by what help calls such values: FILE, FILE.safetensors:PREFIX, RESULTS.
Value value_of(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return Value::none;
  const std::string name = option.get_type_name();
  if (name.starts_with("FILE") || name == "RESULTS") return Value::file;
  return name == "DIR" ? Value::folder : Value::text;
}

Parameter parameter_of(const CLI::Option& option) {
  Parameter parameter{.names = names_of(option),
                      .value = value_of(option),
                      .value_name = {},
                      .choices = {},
                      .text = option.get_description(),
                      .standard = option.get_default_str(),
                      .required = option.get_required()};
  if (parameter.value == Value::none) return parameter;
  parameter.value_name = option.get_type_name();
  if (parameter.value == Value::text) parameter.choices = choices_of(option.get_single_name());
  return parameter;
}

/// The footer of a verb is the word Example and, in the next line, the example.
std::string example_of(const CLI::App& verb) {
  const std::string footer = verb.get_footer();
  const std::size_t begin = footer.find_first_not_of(" \n", footer.find('\n'));
  return begin == std::string::npos ? std::string() : footer.substr(begin);
}

Command command_of(const CLI::App& verb) {
  Command command{.name = verb.get_name(),
                  .summary = verb.get_description(),
                  .example = example_of(verb),
                  .options = {},
                  .arguments = {}};
  for (const CLI::Option* option : verb.get_options()) {
    const bool argument = option->get_lnames().empty() && option->get_snames().empty();
    (argument ? command.arguments : command.options).push_back(parameter_of(*option));
  }
  return command;
}

}  // namespace

std::vector<Command> commands_of(const CLI::App& app) {
  std::vector<Command> commands;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(command_of(*verb));
  for (Command& command : commands)
    for (Parameter& argument : command.arguments) {
      if (argument.value_name != "VERB") continue;
      for (const Command& one : commands) argument.choices.push_back(one.name);
    }
  return commands;
}

}  // namespace xent::cli
