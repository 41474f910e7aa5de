// SPDX-License-Identifier: MIT
// Validation: the caller's mistakes, found once at the edge, before any kernel runs.
#pragma once

#include <cfenv>
#include <stdexcept>
#include <string>

#include <xent/problem.hpp>

namespace xent {

/// A problem that is not one; the message names the fault and where it is.
struct InvalidProblem : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Throws InvalidProblem unless rounding is to nearest and subnormals are kept.
inline void validate_environment() {
  if (std::fegetround() != FE_TONEAREST) throw InvalidProblem("rounding is not to nearest");
  volatile double smallest = 0x1p-1022;
  if (smallest / 2 == 0) throw InvalidProblem("subnormal numbers are flushed to zero");
}

template <class Index>
void validate_labels(const Labels<Index>& labels, std::ptrdiff_t rows, std::ptrdiff_t classes) {
  if (labels.size != rows)
    throw InvalidProblem("labels have " + std::to_string(labels.size) + " rows, logits " +
                         std::to_string(rows));
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    if (labels[i] < 0 || labels[i] >= classes)
      throw InvalidProblem("label " + std::to_string(labels[i]) + " of row " + std::to_string(i) +
                           " is not in [0, " + std::to_string(classes) + ")");
}

template <class T>
void validate_probs(const Probs<T>& probs, std::ptrdiff_t rows, std::ptrdiff_t classes) {
  if (probs.rows != rows || probs.cols != classes)
    throw InvalidProblem("probs are " + std::to_string(probs.rows) + "x" +
                         std::to_string(probs.cols) + ", logits " + std::to_string(rows) + "x" +
                         std::to_string(classes));
}

/// Throws InvalidProblem where shapes disagree, C = 0, a label is out of range, or an output has
/// the wrong size. The values of logits and probabilities are data, never errors.
template <class T>
void validate(const Problem<T>& problem, const Outputs<T>& out) {
  const auto rows = problem.logits.rows;
  const auto classes = problem.logits.cols;
  if (classes < 1) throw InvalidProblem("logits have no classes");
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
    validate_labels(*labels, rows, classes);
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
    validate_labels(*labels32, rows, classes);
  else
    validate_probs(std::get<Probs<T>>(problem.targets), rows, classes);
  if (out.loss.size != loss_size(problem.options.reduction, rows))
    throw InvalidProblem("the loss output has " + std::to_string(out.loss.size) + " elements");
  if (out.grad.data != nullptr && (out.grad.rows != rows || out.grad.cols != classes))
    throw InvalidProblem("the gradient output is not of the shape of the logits");
  validate_environment();
}

}  // namespace xent
