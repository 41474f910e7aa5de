// SPDX-License-Identifier: MIT
// Validates a problem once, before any kernel runs: kernels do not check what is checked here.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <xent/any_problem.hpp>
#include <xent/contract.hpp>
#include <xent/environment.hpp>
#include <xent/log_prob.hpp>
#include <xent/memory/validate_memory.hpp>

namespace xent {

namespace detail {

[[noreturn]] inline void bad_label(std::int64_t label, std::ptrdiff_t row, std::ptrdiff_t classes) {
  throw InvalidProblem("label " + std::to_string(label) + " of row " + std::to_string(row) +
                       " is not in [0, " + std::to_string(classes) + ")");
}

/// These throw InvalidProblem where the targets do not fit the logits, or are out of range or
/// order.
template <class Index>
void validate_targets(const Labels<Index>& labels, const AnyProblem& problem) {
  const std::ptrdiff_t rows = problem.logits.rows();
  const std::ptrdiff_t classes = problem.logits.cols();
  if (labels.size != rows)
    throw InvalidProblem("labels have " + std::to_string(labels.size) + " rows, logits " +
                         std::to_string(rows));
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    const std::int64_t label = labels[i];
    if ((label < 0 || label >= classes) && label != problem.options.ignore_index)
      bad_label(label, i, classes);
  }
}

inline void validate_targets(const AnyMatrix& probs, const AnyProblem& problem) {
  const std::ptrdiff_t rows = problem.logits.rows();
  const std::ptrdiff_t classes = problem.logits.cols();
  if (probs.rows() != rows || probs.cols() != classes)
    throw InvalidProblem("probs are " + std::to_string(probs.rows()) + "x" +
                         std::to_string(probs.cols()) + ", logits " + std::to_string(rows) + "x" +
                         std::to_string(classes));
}

/// Throws InvalidProblem where a class of a csr row is out of range, or the classes do not ascend.
inline void validate_row(const AnyCsr& csr, std::ptrdiff_t row, std::ptrdiff_t classes) {
  for (std::int64_t k = csr.offsets[row]; k < csr.offsets[row + 1]; ++k) {
    const std::int64_t one = csr.classes[k];
    if (one < 0 || one >= classes) bad_label(one, row, classes);
    if (k > csr.offsets[row] && one <= csr.classes[k - 1])
      throw InvalidProblem("the classes of csr row " + std::to_string(row) + " do not ascend: " +
                           std::to_string(one) + " after " + std::to_string(csr.classes[k - 1]));
  }
}

inline void validate_targets(const AnyCsr& csr, const AnyProblem& problem) {
  const std::ptrdiff_t rows = problem.logits.rows();
  if (csr.offsets.size != rows + 1)
    throw InvalidProblem("csr offsets have " + std::to_string(csr.offsets.size) +
                         " elements, not the " + std::to_string(rows) +
                         " rows of the logits and 1");
  if (csr.classes.size != csr.probs.size)
    throw InvalidProblem("csr has " + std::to_string(csr.classes.size) + " classes and " +
                         std::to_string(csr.probs.size) + " probabilities");
  if (csr.offsets[0] != 0 || csr.offsets[rows] != csr.classes.size)
    throw InvalidProblem("csr offsets do not run from 0 to " + std::to_string(csr.classes.size));
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    if (csr.offsets[i + 1] < csr.offsets[i] || csr.offsets[i + 1] > csr.classes.size)
      throw InvalidProblem("csr offsets descend at row " + std::to_string(i));
  for (std::ptrdiff_t i = 0; i < rows; ++i) validate_row(csr, i, problem.logits.cols());
}

/// Throws InvalidProblem where an output has not the shape of the logits.
inline void validate_shape(const AnyMatrix& output, const char* name, const AnyMatrix& logits) {
  if (output.rows() != logits.rows() || output.cols() != logits.cols())
    throw InvalidProblem("the " + std::string(name) + " output is not of the shape of the logits");
}

/// Throws InvalidProblem where an array that is there has not that size.
inline void validate_size(const char* name, const AnyVector& values, std::ptrdiff_t size) {
  if (values.data != nullptr && values.size != size)
    throw InvalidProblem(std::string(name) + " has " + std::to_string(values.size) +
                         " elements, not " + std::to_string(size));
}

/// Throws InvalidProblem where the option of that name is used and not from least to most.
inline void validate_number(std::string name, double option, double least, double most) {
  if (option == 0 || (least <= option && option <= most)) return;
  std::replace(name.begin(), name.end(), '_', ' ');
  const auto text = [](double number) {
    std::string digits = std::to_string(number);
    return digits.substr(0, digits.find(".000000"));
  };
  throw InvalidProblem(name + " " + std::to_string(option) + " is not in [" + text(least) + ", " +
                       text(most) + "]");
}

}  // namespace detail

/// Returns what is wrong where an option is used that has no meaning for the input, else "".
inline std::string unfit_option(const Options& options) {
  const std::string input(to_string(options.input));
  if (options.clip != 0 && options.input != Input::probs)
    return "a clip needs an input of probs, not of " + input;
  if (!is_given(options)) return "";
  if (options.z_loss != 0) return "a z-loss needs an input of logits, not of " + input;
  if (options.temperature != 0) return "a temperature needs an input of logits, not of " + input;
  if (options.softcap != 0) return "a softcap needs an input of logits, not of " + input;
  return "";
}

/// Throws InvalidProblem where shapes disagree, C = 0, an array is not there, a label that is not
/// ignored is out of range, csr is not in order, there is an ignored label but no labels, an option
/// is out of its range, or one needs another input, other targets or no weights. The values of
/// logits, probabilities and weights are data, never errors.
inline void validate(const AnyProblem& problem) {
  const std::ptrdiff_t classes = problem.logits.cols();
  const Options& options = problem.options;
  if (classes < 1) throw InvalidProblem("logits have no classes");
#define XENT_OPTION(name, word, least, most, ...) \
  detail::validate_number(#name, options.name, least, most);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (const std::string fault = unfit_option(options); !fault.empty()) throw InvalidProblem(fault);
  detail::validate_size("weight", problem.weight, classes);
  detail::validate_size("row weight", problem.row_weight, problem.logits.rows());
  if (options.kl_divergence && problem.targets.index() < 2)
    throw InvalidProblem("a divergence needs probs or csr, not labels");
  if (options.kl_divergence && problem.weight.data != nullptr)
    throw InvalidProblem("a divergence takes no class weights");
  if (options.ignore_index && problem.targets.index() >= 2)
    throw InvalidProblem("an ignored index needs labels");
  detail::validate_memory(problem);
  std::visit([&](const auto& targets) { detail::validate_targets(targets, problem); },
             problem.targets);
}

/// Throws InvalidProblem where an output of a problem that has passed validate() has the wrong
/// size, or shares memory with another array, except a gradient in the place of the logits; where
/// there is a log-sum-exp of an input that is no logits; and where this thread does not round to
/// nearest or does not keep subnormal numbers.
inline void validate_outputs(const AnyProblem& problem, const AnyOutputs& out) {
  const std::ptrdiff_t rows = problem.logits.rows();
  if (out.loss.size != loss_size(problem.options.reduction, rows))
    throw InvalidProblem("the loss output has " + std::to_string(out.loss.size) + " elements");
  if (out.grad.data != nullptr) detail::validate_shape(out.grad, "gradient", problem.logits);
  if (out.log_softmax.data != nullptr)
    detail::validate_shape(out.log_softmax, "log-softmax", problem.logits);
  if ((out.lse.data != nullptr || out.log_softmax.data != nullptr) && is_given(problem.options))
    throw InvalidProblem("a log-sum-exp needs an input of logits, not of " +
                         std::string(to_string(problem.options.input)));
  if (out.lse.data != nullptr && out.lse.size != rows)
    throw InvalidProblem("the log-sum-exp output has " + std::to_string(out.lse.size) +
                         " elements");
  detail::validate_memory(problem, out);
  validate_environment();
}

/// Returns the first part of the problem that the offers lack, by name, or "" where they lack none.
inline std::string_view lacking(const Offers& offers, const AnyProblem& problem) {
  if (std::holds_alternative<AnyCsr>(problem.targets)) {
    if (!offers.csr) return "csr";
  } else if (std::holds_alternative<AnyMatrix>(problem.targets)) {
    if (!offers.probs) return "probs";
  } else if (!offers.labels) {
    return "labels";
  }
  if (problem.weight.data != nullptr && !offers.weight) return "weight";
  if (problem.row_weight.data != nullptr && !offers.row_weight) return "row_weight";
  if (problem.options.ignore_index && !offers.ignore_index) return "ignore_index";
  if (is_given(problem.options) && !offers.input) return "input";
  if (problem.options.kl_divergence && !offers.kl_divergence) return "kl_divergence";
#define XENT_OPTION(name, ...) \
  if (problem.options.name != 0 && !offers.name) return #name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return "";
}

/// Throws InvalidProblem where validate(problem) or validate_outputs() does.
inline void validate(const AnyProblem& problem, const AnyOutputs& out) {
  validate(problem);
  validate_outputs(problem, out);
}

/// Throws InvalidProblem where the contract's offers lack a part of the problem, or where it needs
/// a long double of 64 bits and this thread has fewer. A problem outside the contract's domain is
/// accepted: its bounds do not hold there.
template <class T>
void validate_contract(const Contract<T>& contract, const AnyProblem& problem) {
  if (contract.needs_long_double) validate_long_double();
  if (const auto what = lacking(contract.offers, problem); !what.empty())
    throw InvalidProblem(std::string(what) + " is not supported");
}

/// Throws InvalidProblem where validate(problem, out) or validate_contract() does: whatever a
/// kernel must be kept from.
template <class T>
void validate(const Contract<T>& contract, const Problem<T>& problem, const Outputs<T>& out) {
  validate(AnyProblem(problem), AnyOutputs(out));
  validate_contract(contract, AnyProblem(problem));
}

}  // namespace xent
