// SPDX-License-Identifier: MIT
// A row's results depend on that row alone: in the opposite order of rows, the same bits.

#include <algorithm>

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

// Rows of `width` elements, the last first.
template <class T>
std::vector<T> reversed(const std::vector<T>& rows, std::ptrdiff_t width) {
  std::vector<T> result(rows.rbegin(), rows.rend());
  for (auto row = result.begin(); row != result.end(); row += width) std::reverse(row, row + width);
  return result;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto classes = given.recipe.classes;
  cases::Case<T> mirrored = given;
  mirrored.logits = reversed(given.logits, classes);
  mirrored.labels = reversed(given.labels, 1);
  mirrored.probs = reversed(given.probs, classes);
  mirrored.row_weight = reversed(given.row_weight, 1);
  mirrored.csr = cases::csr_of(reversed(cases::rows_of(given.csr), 1));
  auto computed = evaluate(contract, mirrored.problem());
  computed.loss = reversed(computed.loss, 1);
  computed.grad = reversed(computed.grad, classes);
  return differ_in_bits(computed, evaluate(contract, given.problem()));
}

}  // namespace

extern const Law row_permutation{
    .name = "row_permutation",
    .statement = "L and g of a row are the same bits wherever the row stands",
    .source = "rows do not enter each other's loss",
    .scope = {.reductions = only_none, .min_rows = 2, .special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
