// SPDX-License-Identifier: MIT
// Checks the options of a problem one by one.

#include "library/problem/options.hpp"

#include <string>

#include <xent/validate.hpp>

#include "library/arguments/fault.hpp"

namespace xent::library {
namespace {

Reduction reduction_of(std::int32_t reduction) {
  switch (reduction) {
    case XENT_REDUCTION_MEAN: return Reduction::mean;
    case XENT_REDUCTION_SUM: return Reduction::sum;
    case XENT_REDUCTION_NONE: return Reduction::none;
    default: refuse("reduction", std::to_string(reduction) + " is none of XENT_REDUCTION_...");
  }
}

Input input_of(std::int32_t input) {
  switch (input) {
    case XENT_INPUT_LOGITS: return Input::logits;
    case XENT_INPUT_LOG_PROBS: return Input::log_probs;
    case XENT_INPUT_PROBS: return Input::probs;
    default: refuse("input", std::to_string(input) + " is none of XENT_INPUT_...");
  }
}

/// Throws Fault where an option that is a number is used and not in its range, or without meaning.
void check_numbers(const Options& options) {
#define XENT_OPTION(name, word, least, most, ...) \
  if (options.name != 0)                          \
    check_of(#name, [&] { detail::validate_number(#name, options.name, least, most); });
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (options.input == Input::logits && options.clip == 0) return;
  const std::string fault = unfit_option(options);
  if (fault.empty()) return;
  const bool of_clip = options.clip != 0 && options.input != Input::probs;
  refuse(of_clip                    ? "clip"
         : options.z_loss != 0      ? "z_loss"
         : options.temperature != 0 ? "temperature"
                                    : "softcap",
         fault);
}

}  // namespace

Options options_of(const xent_problem& problem) {
  Options options{.reduction = reduction_of(problem.reduction),
                  .input = input_of(problem.input),
                  .kl_divergence = problem.kl_divergence != 0};
#define XENT_OPTION(name, ...) options.name = problem.name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  check_numbers(options);
  if (problem.has_ignore_index != 0) options.ignore_index = problem.ignore_index;
  if (problem.has_ignore_index != 0 && problem.labels == nullptr)
    refuse("has_ignore_index", "an ignored label needs labels");
  if (options.kl_divergence && problem.labels != nullptr)
    refuse("kl_divergence", "a divergence needs probs or csr, not labels");
  if (options.kl_divergence && problem.weight != nullptr)
    refuse("kl_divergence", "a divergence takes no class weights");
  if (problem.reserved != 0) refuse("reserved", "is not 0");
  return options;
}

}  // namespace xent::library
