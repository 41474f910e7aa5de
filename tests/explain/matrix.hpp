// SPDX-License-Identifier: MIT
// The matrix: each hypothesis is planted into problems, and what explain() names is counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/explain/planted.hpp"

namespace xent::tests {

/// What came of one hypothesis.
struct MatrixRow {
  int planted = 0;
  int identifiable = 0;  // the results tell it by chance no oftener than once in 2^12 times
  int alone = 0;
  int tied = 0;
  int possible = 0;                            // named, but not for sure
  int wrong_parameter = 0;                     // by more than 1 %
  std::map<std::string, int> ties = {};        // who was named beside it
  std::map<std::string, int> else_named = {};  // in place of it, "" for nobody

  int named() const { return alone + tied - wrong_parameter; }
  void add(const MatrixRow& other);
};

/// Returns the plan for a hypothesis in a random problem of that seed, or in a data set.
Plan plan_for(const explain::Hypothesis& hypothesis, DType dtype, std::uint64_t seed,
              const std::string& data_set = {});

/// Plants the hypothesis by that plan, asks, and counts.
MatrixRow try_plan(const explain::Hypothesis& hypothesis, const Plan& plan);

/// The same of a pair: a reduction is planted besides.
MatrixRow try_pair(const explain::Hypothesis& hypothesis, const explain::Hypothesis& reduction,
                   Plan plan);

/// Returns a line of the printed table.
std::string to_text(const std::string& name, const MatrixRow& row);

}  // namespace xent::tests
