// SPDX-License-Identifier: MIT
// Special rows: NaN, infinities, masks and extremes, with the results that docs/policy.md decides.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <xent/element.hpp>

namespace xent::properties {

/// One row: logits [C], target probabilities [C], and its exact loss and gradient row as of
/// Reduction::none.
struct SpecialRow {
  std::string name;
  std::vector<double> logits;
  std::vector<double> probs;
  long double loss = 0;
  std::vector<long double> grad;
};

/// Whether its probabilities are those of a label.
bool is_one_hot(const SpecialRow& row);

/// A row of zeros with label 0: loss log C, gradient 1/C, at the label 1/C - 1.
SpecialRow plain_row(std::size_t classes);

/// The table, with the largest and the smallest positive number of the format.
std::vector<SpecialRow> special_rows(const Format& format);

}  // namespace xent::properties
