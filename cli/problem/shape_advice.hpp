// SPDX-License-Identifier: MIT
// What would make an array that does not fit the logits fit: the end of the message that says so.
#pragma once

#include <cstddef>
#include <string>

#include <xent/any_problem.hpp>

#include "tensors/logits_axes.hpp"

namespace xent::cli {

using tensors::Shape;

/// Each gives "; …", or "" where nothing is known that would fit. Of an array of rows (labels,
/// losses) of that shape: the class axes that would, axes too many, in another order, or an element
/// less or more.
std::string advice_for_rows(const Shape& given, const tensors::LogitsAxes& axes);

/// Of labels of that shape: also that it is the shape of probabilities.
std::string advice_for_labels(const Shape& given, const tensors::LogitsAxes& axes);

/// Of a gradient of that shape.
std::string advice_for_grad(const Shape& given, const tensors::LogitsAxes& axes);

/// Of probabilities of that shape: also that it is the shape of labels.
std::string advice_for_probs(const Shape& given, const tensors::LogitsAxes& axes);

/// Of so many rows of csr.
std::string advice_for_csr(std::ptrdiff_t rows, const tensors::LogitsAxes& axes);

/// Of labels that are out of range: where all of these are one number that stands for no class, the
/// option that leaves them out.
std::string advice_for_range(const AnyProblem& problem);

}  // namespace xent::cli
