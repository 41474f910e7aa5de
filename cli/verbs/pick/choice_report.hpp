// SPDX-License-Identifier: MIT
// The choice of pick as text and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "bench/choice.hpp"

namespace xent::cli {

/// Prints the candidates, and who is picked or why nobody is, to standard output.
void print_choice(const bench::Wish& wish, const bench::Choice& choice);

/// A document "xent-pick/2": "pick" is the first of a tie, of which "tied" has all, or null;
/// "unreliable" says why it is null though some qualify.
nlohmann::ordered_json choice_json(const bench::Wish& wish, const bench::Choice& choice);

}  // namespace xent::cli
