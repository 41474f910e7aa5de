// SPDX-License-Identifier: MIT
// Checks that the options of a problem go together.

#include "cli/problem/checked_options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "cli/options/select.hpp"
#include "cli/verb.hpp"

namespace xent::cli {
namespace {

void require_one_form_of_targets(const ProblemOptions& options) {
  const bool given[] = {!options.labels.empty(), !options.probs.empty(), !options.csr.empty(),
                        !options.teacher_classes.empty()};
  if (std::ranges::count(given, true) != 1)
    throw UsageError("give one of --labels, --probs, --csr and --teacher-classes");
  if (options.teacher_classes.empty() != options.teacher_log_probs.empty())
    throw UsageError("--teacher-classes and --teacher-log-probs go together");
}

}  // namespace

Options checked_options(const ProblemOptions& options) {
  Options checked = options.numbers;
  if (!options.reduction.empty()) checked.reduction = the_reduction(options.reduction);
  if (!options.input.empty()) checked.input = the_input(options.input);
  checked.ignore_index = options.ignore_index;
  if (!options.out.empty()) the_result(options.out);
  require_dtypes(
      {options.logits_dtype, options.probs_dtype, options.weight_dtype, options.row_weight_dtype});
  if (const std::string fault = unfit_option(checked); !fault.empty())
    throw UsageError("--input: " + fault);
  if (options.ignore_index && options.labels.empty())
    throw UsageError("--ignore-index needs --labels");
  if (checked.kl_divergence && (!options.labels.empty() || !options.weight.empty()))
    throw UsageError("--kl-divergence needs soft targets, and no --weight");
  if (options.shift_labels && options.labels.empty())
    throw UsageError("--shift-labels needs --labels");
  require_one_form_of_targets(options);
  return checked;
}

void require_input_of_logits(const ProblemOptions& options, std::string_view results) {
  if (!options.input.empty() && the_input(options.input) != Input::logits)
    throw UsageError(fmt::format("{} need an input of logits", results));
}

}  // namespace xent::cli
