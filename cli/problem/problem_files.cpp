// SPDX-License-Identifier: MIT
// ProblemFiles: the problem that the options name, read from its files.

#include "cli/problem/problem_files.hpp"

#include <utility>
#include <variant>

#include <fmt/format.h>

#include <xent/validate.hpp>

#include "cli/problem/checked_options.hpp"
#include "cli/problem/shape_advice.hpp"
#include "cli/problem/shifted_labels.hpp"
#include "system/output_file.hpp"
#include "tensors/tensor_file.hpp"

namespace xent::cli {
namespace {

using tensors::Tensor;

constexpr std::int64_t unnamed_ignored = -100;  // as PyTorch has it; no class

/// A problem of which only the options are known.
AnyProblem problem_with(const Options& options) {
  AnyProblem problem;
  problem.options = options;
  return problem;
}

/// Integers, as of a one-hot matrix, are probabilities of the type of the logits.
StatedDtype probs_dtype(const ProblemOptions& options, const Tensor& logits) {
  return {"--probs-dtype", options.probs_dtype, options.logits_dtype, logits.dtype()};
}

}  // namespace

ProblemFiles::ProblemFiles(const ProblemOptions& options)
    : options_(options),
      problem_(problem_with(checked_options(options))),
      logits_(read_matrix(options.logits, {"--logits-dtype", options.logits_dtype})),
      axes_(logits_.shape, options.class_axis, options.logits) {
  problem_.logits = matrix(logits_);
  read_targets();
  read_weights();
  try {
    validate(problem_);
  } catch (const InvalidProblem& fault) {
    throw FileError(targets_place(), fault.what() + advice_for_targets());
  }
}

const std::string& ProblemFiles::targets_place() const {
  return !options_.labels.empty()  ? options_.labels
         : !options_.probs.empty() ? options_.probs
         : !options_.csr.empty()   ? options_.csr
                                   : options_.teacher_classes;
}

std::string ProblemFiles::targets_name() const {
  return !options_.labels.empty() ? "labels" : !options_.probs.empty() ? "probs" : "csr";
}

std::string ProblemFiles::advice_for_targets() const {
  const auto* const csr = std::get_if<AnyCsr>(&problem_.targets);
  if (csr == nullptr) return advice_for_range(problem_);
  const std::ptrdiff_t rows = csr->offsets.size - 1;
  return rows == axes_.rows() ? "" : advice_for_csr(rows, axes_);
}

void ProblemFiles::read_targets() {
  if (!options_.csr.empty() || !options_.teacher_classes.empty()) return read_csr();
  if (!options_.labels.empty()) return read_labels();
  targets_ = tensors::read_tensor(options_.probs);
  require_shape(targets_, shape(), options_.probs, advice_for_probs(targets_.shape, axes_));
  targets_ = as_matrix(std::move(targets_), options_.probs, probs_dtype(options_, logits_));
  problem_.targets = matrix(targets_);
}

void ProblemFiles::read_labels() {
  targets_ = read_integers(options_.labels);
  require_shape(targets_, row_shape(), options_.labels, advice_for_labels(targets_.shape, axes_));
  if (options_.shift_labels) return shift_labels();
  if (targets_.element() == Tensor::Element::i64)
    problem_.targets = Labels<std::int64_t>{targets_.as<std::int64_t>().data(), axes_.rows(), 1};
  else
    problem_.targets = Labels<std::int32_t>{targets_.as<std::int32_t>().data(), axes_.rows(), 1};
}

void ProblemFiles::shift_labels() {
  std::optional<std::int64_t>& ignored = problem_.options.ignore_index;
  if (!ignored) ignored = unnamed_ignored;
  shifted_labels_ = shifted_labels(to_int64(targets_), row_shape(), *ignored);
  problem_.targets = Labels<std::int64_t>{shifted_labels_.data(), axes_.rows(), 1};
}

void ProblemFiles::read_csr() {
  if (!options_.csr.empty()) {
    csr_ = cli::read_csr(options_.csr, probs_dtype(options_, logits_));
  } else {
    csr_ =
        read_teacher({options_.teacher_classes, options_.teacher_log_probs},
                     {"--probs-dtype", options_.probs_dtype, options_.logits_dtype}, row_shape());
    teacher_probs_ = rounded_to(csr_.probs, problem_.logits.dtype);
  }
  problem_.targets = csr_.view();
}

void ProblemFiles::read_weights() {
  const auto read = [](const std::string& place, const StatedDtype& dtype, const Shape& shape,
                       Tensor& tensor) {
    if (place.empty()) return AnyVector();
    tensor = read_numbers(place, dtype);
    require_shape(tensor, shape, place, "");
    return elements_of(tensor);
  };
  problem_.weight =
      read(options_.weight, {"--weight-dtype", options_.weight_dtype, options_.logits_dtype},
           {axes_.classes()}, weight_);
  problem_.row_weight = read(options_.row_weight, {"--row-weight-dtype", options_.row_weight_dtype},
                             row_shape(), row_weight_);
}

AnyMatrix ProblemFiles::matrix(const Tensor& tensor) const {
  const AnyVector elements = elements_of(tensor);
  return {elements.data, elements.dtype,
          axes_.matrix<const std::byte>(nullptr, tensor.fortran_order)};
}

}  // namespace xent::cli
