// SPDX-License-Identifier: MIT
// The options of a problem that are one number (XENT_NUMBER_OPTIONS), spelled and explained once.
#pragma once

#include <string>
#include <string_view>

#include <xent/problem.hpp>

namespace CLI {
class App;
}

namespace xent::cli {

/// Returns the name of one with that between its words: "label-smoothing".
std::string name_with(std::string name, char between);

/// Adds --label-smoothing, --z-loss and so on; `numbers` must live until they are parsed. Where the
/// input is of logits only there is no --clip, which is of probabilities.
void add_numbers(CLI::App& app, Options& numbers, bool of_logits_only);

}  // namespace xent::cli
