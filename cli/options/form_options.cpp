// SPDX-License-Identifier: MIT
// The options of a form.

#include "cli/options/form_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/options/number_options.hpp"
#include "cli/options/ranges.hpp"
#include "cli/options/select.hpp"
#include "cli/verb.hpp"

namespace xent::cli {

void add_form(CLI::App& app, FormOptions& options) {
  app.add_option("--targets", options.targets,
                 "labels, one_hot, probs, csr, or smoothed: labels with --label-smoothing 0.1")
      ->capture_default_str();
  app.add_flag("--weight", options.form.weighted, "Each class has a weight, from 0.5 to 1.5");
  app.add_flag("--row-weight", options.form.row_weighted, "Each row has a weight, from 0.5 to 1.5");
  app.add_option("--ignore", options.form.ignored,
                 "The share of the rows that have the ignored label")
      ->check(number_from(0, 1))
      ->type_name("SHARE");
  add_numbers(app, options.form.options, true);
}

bench::Form form_of(const FormOptions& options) {
  bench::Form form = options.form;
  if (options.targets != "smoothed")
    form.targets = the_target_kind(options.targets);
  else if (form.options.label_smoothing == 0)
    form.options.label_smoothing = 0.1;
  if (form.ignored != 0 && form.targets != cases::TargetKind::labels)
    throw UsageError("--ignore needs labels");
  return form;
}

}  // namespace xent::cli
