// SPDX-License-Identifier: MIT
// Option values: what is refused of the value of any option, in one place for all verbs.
#pragma once

namespace CLI {
class App;
}

namespace xent::cli {

/// Makes an empty value of any option or argument of that verb a fault: an unset variable of a
/// script must not disarm what it should have set.
void refuse_empty_values(CLI::App& verb);

}  // namespace xent::cli
