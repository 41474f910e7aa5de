// SPDX-License-Identifier: MIT
// The options that name a problem: spelled and explained once for eval and audit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <xent/problem.hpp>

#include "cli/places.hpp"

namespace CLI {
class App;
}

namespace xent::cli {

struct ProblemOptions {
  std::string logits, labels, probs, csr, weight, row_weight;
  std::string teacher_classes, teacher_log_probs;
  std::string logits_dtype, probs_dtype, weight_dtype, row_weight_dtype;  // "": not told
  std::string reduction, input, out;                                      // "": not told
  std::optional<std::int64_t> ignore_index;
  std::optional<std::ptrdiff_t> class_axis;
  bool shift_labels = false;
  Options numbers;  // the others of Options stand above
};

/// Tells whether the results are those of log-probabilities, the negatives of losses and gradients.
bool is_negated(const ProblemOptions& options);

/// The files that they name, as inputs.
Places places_of(const ProblemOptions& options);

/// What the input is, where it is no logits, and the numbers among the options that are used:
/// "label smoothing 0.1"; "" where there is nothing to say.
std::string numbers_text(const Options& options);

void add_problem(CLI::App& app, ProblemOptions& options);

}  // namespace xent::cli
