// SPDX-License-Identifier: MIT
// What would make an array that does not fit the logits fit: the end of the message that says so.
#pragma once

#include <cstddef>
#include <string>

#include <xent/any_problem.hpp>

#include "tensors/logits_axes.hpp"

namespace xent::cli {

using tensors::Shape;

/// Each function returns the end of a message, "; …", or "" where nothing is known that would fit.
/// This one is about an array of rows (labels, losses) of that shape: it names the class axes that
/// would fit, or says that there are axes too many, axes in another order, or an element less or
/// more.
std::string advice_for_rows(const Shape& given, const tensors::LogitsAxes& axes);

/// This one is about labels of that shape, and also says where it is the shape of probabilities.
std::string advice_for_labels(const Shape& given, const tensors::LogitsAxes& axes);

/// This one is about a gradient of that shape.
std::string advice_for_grad(const Shape& given, const tensors::LogitsAxes& axes);

/// This one is about probabilities of that shape, and also says where it is the shape of labels.
std::string advice_for_probs(const Shape& given, const tensors::LogitsAxes& axes);

/// This one is about so many rows of csr.
std::string advice_for_csr(std::ptrdiff_t rows, const tensors::LogitsAxes& axes);

/// This one is about labels that are out of range: where all of these are one number that stands
/// for no class, it names the option that leaves them out.
std::string advice_for_range(const AnyProblem& problem);

}  // namespace xent::cli
