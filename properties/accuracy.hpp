// SPDX-License-Identifier: MIT
// Accuracy: the errors of an implementation on the data sets and on fixed cases of every generated
// family, certified.
#pragma once

#include <vector>

#include <xent/element.hpp>
#include <xent/implementation.hpp>
#include <xent/record.hpp>

#include "cases/case.hpp"
#include "properties/budget.hpp"

namespace xent::properties {

/// Two records (loss, gradient) for each of the fixed recipes of each family and instruction set.
/// Failed where the contract is broken; skipped, with no rows, where the case is outside the
/// domain. Throws FileError where a data set cannot be read.
std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation, DType dtype,
                                             const Budget& budget);

/// The same for one case, all of it, on every instruction set.
std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation,
                                             const cases::Recipe& only);

}  // namespace xent::properties
