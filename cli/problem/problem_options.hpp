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
  std::string logits_dtype, probs_dtype, weight_dtype, row_weight_dtype;  // "": not told
  std::string reduction;                                                  // "": not told
  std::optional<std::int64_t> ignore_index;
  std::optional<std::ptrdiff_t> class_axis;
  bool shift_labels = false;
  Options numbers;  // the others of Options stand above
};

/// The files that they name, as inputs.
Places places_of(const ProblemOptions& options);

/// The numbers among the options that are used: "label smoothing 0.1"; "" where none is.
std::string numbers_text(const Options& options);

void add_problem(CLI::App& app, ProblemOptions& options);

}  // namespace xent::cli
