// SPDX-License-Identifier: MIT
// The options that name the form of what is timed: spelled and explained once for bench and pick.
#pragma once

#include <string>

#include "bench/workload/form.hpp"

namespace CLI {
class App;
}

namespace xent::cli {

/// What they say.
struct FormOptions {
  std::string targets = "labels";
  bench::Form form;  // but for its targets
};

/// Adds them; `options` must live until they are parsed.
void add_form(CLI::App& app, FormOptions& options);

/// Returns the form: "smoothed" are labels with a smoothing, 0.1 where it is not told. Throws
/// UsageError where a name is not known or options do not go together.
bench::Form form_of(const FormOptions& options);

}  // namespace xent::cli
