// SPDX-License-Identifier: MIT
// The program `xent`: finds the verb and runs it.

#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/faults.hpp"
#include "cli/options/option_values.hpp"
#include "cli/usage.hpp"
#include "cli/verb.hpp"
#include "plugin/serve/serve.hpp"
#include "system/interruption.hpp"
#include "system/mapping.hpp"
#include "system/names.hpp"
#include "system/standard_streams.hpp"

namespace xent::cli {

#define XENT_VERB(name) extern const Verb verb_##name;
#include "cli/verbs.def"
#undef XENT_VERB

namespace {

constexpr const Verb* verbs[] = {
#define XENT_VERB(name) &verb_##name,
#include "cli/verbs.def"
#undef XENT_VERB
};

/// The command line as a shell takes it.
std::string command_line(int argc, char** argv) {
  std::string line = "xent";
  for (int i = 1; i < argc; ++i) line += " " + system::shell_word(argv[i]);
  return line;
}

/// Adds `xent completion SHELL`.
void add_completion(CLI::App& app, std::vector<std::pair<CLI::App*, Action>>& actions) {
  CLI::App* completion = app.add_subcommand(
      "completion", "Writes what a shell reads to complete command lines of xent");
  const auto shell = std::make_shared<std::string>();
  completion->add_option("shell", *shell, "bash, zsh or fish")->required()->type_name("SHELL");
  completion->footer("Example:\n  xent completion bash > xent.bash");
  refuse_empty_values(*completion);
  actions.emplace_back(completion, [&app, shell](const std::string&) {
    fmt::print("{}", completion_text(app, *shell));
    return exit_done;
  });
}

/// Adds `xent help [VERB]` and `xent version`.
void add_usage(CLI::App& app, std::vector<std::pair<CLI::App*, Action>>& actions) {
  CLI::App* help = app.add_subcommand("help", "Explains a verb, or the program");
  const auto verb = std::make_shared<std::string>();
  const auto man = std::make_shared<bool>(false);
  help->add_flag("--man", *man, "The man page instead, in roff")
      ->excludes(
          help->add_option("verb", *verb, "The verb; without it, the program")->type_name("VERB"));
  help->footer("Example:\n  xent help verify");
  actions.emplace_back(help, [&app, verb, man](const std::string&) {
    fmt::print("{}", *man ? man_text(app) : help_text(app, *verb));
    return exit_done;
  });
  CLI::App* version = app.add_subcommand("version", "Says the version and the revision");
  version->footer("Example:\n  xent version");
  actions.emplace_back(version, [](const std::string&) {
    fmt::print("{}\n", version_text());
    return exit_done;
  });
}

int main_of(int argc, char** argv) {
  CLI::App app("Softmax cross-entropy on CPUs: computed, certified, timed.", "xent");
  app.set_version_flag("-V,--version", version_text, "Print the version and the revision");
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 a check failed, 2 bad usage or input, 3 internal error.\n"
      "xent help VERB explains a verb and shows an example.");

  std::vector<std::pair<CLI::App*, Action>> actions;
  for (const Verb* verb : verbs) {
    CLI::App* sub = app.add_subcommand(verb->name, verb->summary);
    sub->footer(std::string("Example:\n  ") + verb->example);
    actions.emplace_back(sub, verb->define(*sub));
    refuse_empty_values(*sub);
  }
  add_completion(app, actions);
  add_usage(app, actions);
  for (const auto& action : actions) action.first->ignore_case();
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    std::ostringstream text;
    const int code = app.exit(success, text);
    return run_action("xent", "", [&](const std::string& /*command*/) {
      fmt::print("{}", text.str());
      return code;
    });
  } catch (const CLI::ParseError& error) {
    const auto parsed = app.get_subcommands();
    const std::string where = parsed.empty() ? "xent" : "xent " + parsed.front()->get_name();
    return fault(where, text_of(error, app, argc > 1 ? argv[1] : ""), exit_bad_input);
  }
  for (const auto& [sub, action] : actions) {
    if (!sub->parsed()) continue;
    const std::string where = "xent " + sub->get_name();
    system::answer_bus_errors(where);
    return run_action(where, command_line(argc, argv), action);
  }
  return exit_internal;
}

}  // namespace
}  // namespace xent::cli

int main(int argc, char** argv) {
  if (xent::plugin::is_worker(argc, argv)) return xent::plugin::serve(argc, argv);
  xent::system::open_standard_streams();
  xent::system::handle_signals();
  try {
    const int code = xent::cli::main_of(argc, argv);
    xent::system::end_if_interrupted();
    return code;
  } catch (const std::exception& error) {
    return xent::cli::fault("xent", std::string("internal error: ") + error.what(),
                            xent::cli::exit_internal);
  }
}
