// SPDX-License-Identifier: MIT
// The manual: the program's man page, and the completions of its command line for shells.
#pragma once

#include <string>
#include <vector>

#include "cli/manual/commands.hpp"

namespace xent::cli {

/// Returns the man page in roff.
std::string man_page(const std::vector<Command>& commands, const std::string& summary);

/// These return what the shell reads to complete a command line of xent.
std::string bash_completion(const std::vector<Command>& commands);
std::string zsh_completion(const std::vector<Command>& commands);
std::string fish_completion(const std::vector<Command>& commands);

struct Shell {
  const char* name;
  std::string (*completion)(const std::vector<Command>& commands);
};

inline constexpr Shell shells[] = {
    {"bash", bash_completion}, {"zsh", zsh_completion}, {"fish", fish_completion}};

}  // namespace xent::cli
