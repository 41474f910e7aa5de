// SPDX-License-Identifier: MIT
// Renaming the classes renames the gradient and nothing else. For a permutation s of the classes,
//
//   L(x s, q s, w s) = L(x, q, w),   g(x s, q s, w s) = g(x, q, w) s,
//
// up to what the contract lets each side err. Labels that are no class, which are ignored, stay.
// Here s(j) = (k - j) mod C, its own inverse.

#include <algorithm>

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

struct Reflection {
  std::ptrdiff_t classes = 1;
  std::ptrdiff_t k = 0;  // in [0, C)
  std::ptrdiff_t operator()(std::ptrdiff_t j) const {
    return 0 <= j && j < classes ? (k - j + classes) % classes : j;
  }
};

template <class T>
std::vector<T> permuted(const std::vector<T>& rows, Reflection s) {
  std::vector<T> result(rows.size());
  for (std::ptrdiff_t k = 0; k < std::ssize(rows); ++k)
    result[static_cast<std::size_t>(k - k % s.classes + s(k % s.classes))] =
        rows[static_cast<std::size_t>(k)];
  return result;
}

template <class T>
cases::CsrArrays<T> permuted(const cases::CsrArrays<T>& csr, Reflection s) {
  auto rows = cases::rows_of(csr);
  for (cases::CsrRow<T>& row : rows) {
    for (auto& [j, prob] : row) j = s(j);
    std::sort(row.begin(), row.end());
  }
  return cases::csr_of(rows);
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto classes = given.recipe.classes;
  const Reflection s{classes, static_cast<std::ptrdiff_t>(given.recipe.seed) % classes};
  cases::Case<T> renamed = given;
  renamed.logits = permuted(given.logits, s);
  renamed.probs = permuted(given.probs, s);
  renamed.csr = permuted(given.csr, s);
  renamed.weight = permuted(given.weight, s);
  for (std::int64_t& y : renamed.labels) y = s(y);
  if (renamed.ignore_index) renamed.ignore_index = s(*renamed.ignore_index);
  auto computed = evaluate(contract, renamed.problem());
  computed.grad = permuted(computed.grad, s);
  computed.grad_bound = permuted(computed.grad_bound, s);
  return differ(computed, evaluate(contract, given.problem()));
}

}  // namespace

extern const Law class_permutation{
    .name = "class_permutation",
    .statement =
        "L(x s, q s, w s) = L(x, q, w), g(x s, q s, w s) = g(x, q, w) s for a permutation s of the "
        "classes",
    .source = "by symmetry",
    .scope = {.special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
