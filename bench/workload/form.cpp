// SPDX-License-Identifier: MIT
// Form as text, and what is no form.

#include "bench/workload/form.hpp"

#include <fmt/format.h>

#include <xent/validate.hpp>

namespace xent::bench {

std::string to_string(const Form& form) {
  std::string text(to_string(form.targets));
  if (form.weighted) text += "+weight";
  if (form.row_weighted) text += "+row_weight";
  if (form.ignored != 0) text += fmt::format("+ignore={}", form.ignored);
#define XENT_OPTION(name, word, ...) \
  if (form.options.name != 0) text += fmt::format("+" #word "={}", form.options.name);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return text;
}

void validate_ignored(const Form& form) {
  if (!(form.ignored >= 0 && form.ignored <= 1))
    throw InvalidProblem(fmt::format("{} is no share of the rows, from 0 to 1", form.ignored));
  if (form.ignored != 0 && form.targets != cases::TargetKind::labels)
    throw InvalidProblem("only rows with labels can be ignored");
}

}  // namespace xent::bench
