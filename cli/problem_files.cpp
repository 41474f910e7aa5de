// SPDX-License-Identifier: MIT
// ProblemFiles: the problem that the options name, read from its files.

#include "cli/problem_files.hpp"

#include <fmt/format.h>

#include <xent/output_file.hpp>
#include <xent/validate.hpp>

#include "cases/tensor_file.hpp"
#include "cli/select.hpp"
#include "cli/verb.hpp"

namespace xent::cli {
namespace {

using cases::Tensor;

bool has_integers(const Tensor& tensor) {
  return tensor.element() == Tensor::Element::i64 || tensor.element() == Tensor::Element::i32;
}

Tensor read_integers(const std::string& place) {
  Tensor tensor = cases::read_tensor(place);
  if (!has_integers(tensor))
    throw FileError(place, fmt::format("holds {}; int64 or int32 is wanted here",
                                       cases::to_string(tensor.element())));
  return tensor;
}

std::vector<std::int64_t> to_int64(const Tensor& tensor) {
  if (tensor.element() == Tensor::Element::i64) {
    const auto values = tensor.as<std::int64_t>();
    return {values.begin(), values.end()};
  }
  const auto values = tensor.as<std::int32_t>();
  return {values.begin(), values.end()};
}

void require_shape(const Tensor& tensor, const Shape& wanted, const std::string& place) {
  if (tensor.shape != wanted)
    throw FileError(
        place, fmt::format("has the shape {}, not {}", to_string(tensor.shape), to_string(wanted)));
}

/// Elements of type T. Throws FileError.
template <class T>
const T* elements_as(const Tensor& tensor, const std::string& place) {
  if (tensor.dtype() != dtype_of<T>)
    throw FileError(place, fmt::format("holds {}, the logits {}: this is not supported",
                                       cases::to_string(tensor.element()), to_string(dtype_of<T>)));
  return tensor.as<T>().data();
}

}  // namespace

std::string to_string(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

AnyVector elements_of(const Tensor& tensor) {
  AnyVector elements;
  elements.dtype = tensor.dtype().value_or(DType::f32);
  elements.size = static_cast<std::ptrdiff_t>(tensor.size());
  std::visit([&](const auto& values) { elements.data = values.data(); }, tensor.data);
  return elements;
}

Tensor read_numbers(const std::string& place, const std::string& dtype_of_patterns) {
  Tensor tensor = cases::read_tensor(place);
  if (tensor.element() == Tensor::Element::u16) {
    if (dtype_of_patterns.empty())
      throw FileError(place, "holds 16-bit patterns: --logits-dtype says what they stand for");
    return cases::as_dtype(std::move(tensor), the_dtype(dtype_of_patterns), place);
  }
  if (has_integers(tensor)) throw FileError(place, "holds integers; numbers are wanted here");
  return tensor;
}

ProblemFiles::ProblemFiles(const ProblemOptions& options)
    : options_(options), logits_(read_numbers(options.logits, options.logits_dtype)) {
  if (!options.logits_dtype.empty() && logits_.dtype() != the_dtype(options.logits_dtype))
    throw FileError(
        options.logits,
        fmt::format("holds {}, not {}", cases::to_string(logits_.element()), options.logits_dtype));
  find_axes();
  problem_.logits = matrix(logits_);
  problem_.options = {
      .reduction = options.reduction.empty() ? Reduction::mean : the_reduction(options.reduction),
      .ignore_index = options.ignore_index,
      .label_smoothing = options.label_smoothing};
  if (!(options.label_smoothing >= 0 && options.label_smoothing <= 1))
    throw UsageError(fmt::format("--label-smoothing {} is not in [0, 1]", options.label_smoothing));
  if (options.ignore_index && options.labels.empty())
    throw UsageError("--ignore-index needs --labels");
  read_targets();
  read_weight();
  try {
    validate(problem_);
  } catch (const InvalidProblem& fault) {
    throw FileError(targets_place(), fault.what());
  }
}

void ProblemFiles::find_axes() {
  const Shape& shape = logits_.shape;
  const auto axes = std::ssize(shape);
  if (axes == 0) throw FileError(options_.logits, "is one number; logits have a class axis");
  std::ptrdiff_t axis = options_.class_axis.value_or(axes == 1 ? 0 : 1);
  if (axis < 0) axis += axes;
  if (axis < 0 || axis >= axes)
    throw UsageError(fmt::format("--class-axis {} is not an axis of {}", *options_.class_axis,
                                 to_string(shape)));
  classes_ = shape[static_cast<std::size_t>(axis)];
  if (classes_ == 0) throw FileError(options_.logits, "has no classes");
  row_shape_ = shape;
  row_shape_.erase(row_shape_.begin() + axis);
  const auto rows = cases::product(1, row_shape_);
  const auto inner =
      cases::product(1, std::span(shape).subspan(static_cast<std::size_t>(axis) + 1));
  if (!rows || !inner) throw FileError(options_.logits, "has an impossible shape");
  rows_ = static_cast<std::ptrdiff_t>(*rows);
  inner_ = static_cast<std::ptrdiff_t>(std::max(*inner, std::size_t{1}));
}

const std::string& ProblemFiles::targets_place() const {
  return !options_.labels.empty()  ? options_.labels
         : !options_.probs.empty() ? options_.probs
                                   : options_.csr;
}

std::string ProblemFiles::targets_name() const {
  return !options_.labels.empty() ? "labels" : !options_.probs.empty() ? "probs" : "csr";
}

void ProblemFiles::read_targets() {
  const int given = (options_.labels.empty() ? 0 : 1) + (options_.probs.empty() ? 0 : 1) +
                    (options_.csr.empty() ? 0 : 1);
  if (given != 1) throw UsageError("give one of --labels, --probs and --csr");
  if (!options_.csr.empty()) return read_csr();
  if (!options_.labels.empty()) return read_labels();
  targets_ = read_numbers(options_.probs, options_.logits_dtype);
  require_shape(targets_, logits_.shape, options_.probs);
  problem_.targets = matrix(targets_);
}

void ProblemFiles::read_labels() {
  targets_ = read_integers(options_.labels);
  require_shape(targets_, row_shape_, options_.labels);
  if (targets_.element() == Tensor::Element::i64)
    problem_.targets = Labels<std::int64_t>{targets_.as<std::int64_t>().data(), rows_, 1};
  else
    problem_.targets = Labels<std::int32_t>{targets_.as<std::int32_t>().data(), rows_, 1};
}

void ProblemFiles::read_csr() {
  if (options_.csr.find(".safetensors:") == std::string::npos)
    throw UsageError(fmt::format("--csr {} is not FILE.safetensors:PREFIX", options_.csr));
  offsets_ = to_int64(read_integers(options_.csr + ".indptr"));
  csr_classes_ = to_int64(read_integers(options_.csr + ".indices"));
  targets_ = read_numbers(options_.csr + ".data", options_.logits_dtype);
  problem_.targets = AnyCsr{{offsets_.data(), std::ssize(offsets_)},
                            {csr_classes_.data(), std::ssize(csr_classes_)},
                            elements_of(targets_)};
}

void ProblemFiles::read_weight() {
  if (options_.weight.empty()) return;
  weight_ = read_numbers(options_.weight, options_.logits_dtype);
  require_shape(weight_, {classes_}, options_.weight);
  problem_.weight = elements_of(weight_);
}

template <class T>
MatrixView<T> ProblemFiles::matrix(T* elements) const {
  return {elements, rows_, classes_, classes_ * inner_, inner_, inner_, 1};
}

AnyMatrix ProblemFiles::matrix(const Tensor& tensor) const {
  const AnyVector elements = elements_of(tensor);
  return {elements.data, elements.dtype, matrix<const std::byte>(nullptr)};
}

template <class T>
Problem<T> ProblemFiles::typed() const {
  Problem<T> problem{.logits = matrix(elements_as<T>(logits_, options_.logits)),
                     .targets = {},
                     .options = problem_.options};
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem_.targets))
    problem.targets = *labels;
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem_.targets))
    problem.targets = *labels32;
  else if (const auto* csr = std::get_if<AnyCsr>(&problem_.targets))
    problem.targets = Csr<T>{
        csr->offsets, csr->classes, {elements_as<T>(targets_, options_.csr), csr->probs.size}};
  else
    problem.targets = matrix(elements_as<T>(targets_, options_.probs));
  if (!options_.weight.empty())
    problem.weight = {elements_as<T>(weight_, options_.weight), classes_};
  return problem;
}

template Problem<float> ProblemFiles::typed() const;
template Problem<double> ProblemFiles::typed() const;
template MatrixView<float> ProblemFiles::matrix(float*) const;
template MatrixView<double> ProblemFiles::matrix(double*) const;
template MatrixView<const float> ProblemFiles::matrix(const float*) const;
template MatrixView<const double> ProblemFiles::matrix(const double*) const;
template MatrixView<std::ptrdiff_t> ProblemFiles::matrix(std::ptrdiff_t*) const;

}  // namespace xent::cli
