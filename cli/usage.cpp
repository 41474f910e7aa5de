// SPDX-License-Identifier: MIT
// Usage: CLI11's faults in words of our own where its words are unclear.

#include "cli/usage.hpp"

#include <algorithm>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/manual.hpp"
#include "cli/other_losses.hpp"
#include "cli/verb.hpp"
#include "machine/environment.hpp"
#include "system/nearest_names.hpp"

namespace xent::cli {
namespace {

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : verbs_of(app)) names.push_back(verb->get_name());
  return names;
}

std::string unknown_verb(const CLI::App& app, const std::string& name) {
  if (const std::string refused = other_loss(name); !refused.empty())
    return fmt::format("unknown verb '{}': {}", name, refused);
  return fmt::format("unknown verb '{}'{}", name, suggestion(name, verb_names(app)));
}

/// The long and the short names of the options of a verb, with their dashes.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// `word` may hold a value: --dtype=f32.
std::string unknown_option(const CLI::App& app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  if (const std::string refused = other_loss(name); !refused.empty())
    return fmt::format("unknown option: {}: {}", name, refused);
  const auto near = nearest_names(name, option_names(app));
  if (!near.empty())
    return fmt::format("unknown option: {}{}", name, suggestion(name, option_names(app)));
  return fmt::format("unknown option: {}; {} --help lists them", name,
                     app.get_parent() == nullptr ? "xent" : "xent " + app.get_name());
}

}  // namespace

std::string text_of(const CLI::ParseError& error, const CLI::App& app, const std::string& first) {
  const auto parsed = app.get_subcommands();
  if (parsed.empty() && !first.empty() && first.front() != '-') return unknown_verb(app, first);
  const CLI::App& asked = parsed.empty() ? app : *parsed.front();
  const auto words = app.remaining(true);
  const auto option = std::find_if(words.begin(), words.end(),
                                   [](const std::string& one) { return one.starts_with('-'); });
  if (option != words.end()) return unknown_option(asked, *option);
  if (!words.empty()) return fmt::format("unknown argument: {}", words.front());
  if (parsed.empty())
    return fmt::format("a verb is wanted: {}; xent help explains them",
                       fmt::join(verb_names(app), ", "));
  return error.what();
}

std::string help_text(const CLI::App& app, const std::string& verb) {
  // App::help() would explain the verb that was parsed, which is help.
  if (verb.empty())
    return app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal);
  for (const CLI::App* one : verbs_of(app))
    if (same_name(one->get_name(), verb)) return one->help(app.get_name());
  throw UsageError(unknown_verb(app, verb));
}

std::string man_text(const CLI::App& app) {
  return man_page(commands_of(app), app.get_description());
}

std::string completion_text(const CLI::App& app, const std::string& shell) {
  std::vector<std::string> names;
  for (const Shell& one : shells) {
    if (same_name(one.name, shell)) return one.completion(commands_of(app));
    names.emplace_back(one.name);
  }
  throw UsageError(fmt::format("unknown shell '{}'{}", shell, suggestion(shell, names)));
}

std::string version_text() {
  const Provenance built = machine::environment("", 0);
  return fmt::format("xent {} ({})", built.version, built.revision);
}

}  // namespace xent::cli
