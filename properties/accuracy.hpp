// SPDX-License-Identifier: MIT
// Accuracy: the errors of an implementation on the data sets and on one fixed case of every random
// family, certified.
#pragma once

#include <vector>

#include <xent/element.hpp>
#include <xent/implementation.hpp>
#include <xent/record.hpp>

#include "properties/budget.hpp"

namespace xent::properties {

/// Two records (loss, gradient) for each source, form of targets and instruction set: data sets as
/// labels and one_hot, families as labels and probs, and as labels and csr with what is offered of
/// weights, ignored rows and smoothing. `source` names the family, and says how many
/// rows were judged where the budget leaves some out. Failed where the contract is broken; skipped
/// where the source is outside the domain, which `source` says. Throws FileError where a data set
/// cannot be read.
std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation, DType dtype,
                                             const Budget& budget);

}  // namespace xent::properties
