// SPDX-License-Identifier: MIT
// Accuracy: the errors of an implementation on the data sets and on fixed cases of every generated
// family, certified.
#pragma once

#include <functional>
#include <vector>

#include <xent/element.hpp>
#include <xent/implementation.hpp>
#include <xent/records/results.hpp>

#include "cases/case.hpp"
#include "properties/budget.hpp"

namespace xent::properties {

/// Two records (loss, gradient) for each family and instruction set, of the family's fixed recipes
/// together. Failed where the contract is broken on one of them; skipped, without cases, where all
/// are outside the domain. Calls `before_case` before each case; what it throws comes out. Throws
/// FileError where a data set cannot be read.
std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation, DType dtype,
                                             const Budget& budget,
                                             const std::function<void()>& before_case = {});

/// The same, added to `found` family by family: where `before_case` throws, the families that are
/// done stay there.
void measure_accuracy(const Implementation& implementation, DType dtype, const Budget& budget,
                      const std::function<void()>& before_case, std::vector<AccuracyRecord>& found);

/// The same for one case, all of it, on every instruction set.
std::vector<AccuracyRecord> measure_accuracy(const Implementation& implementation,
                                             const cases::Recipe& only);

}  // namespace xent::properties
