// SPDX-License-Identifier: MIT
// A batch cut in two gives the same rows, bit for bit, and sums that add up:
//
//   none: L(A B) = L(A) L(B)
//   sum:  L(A B) = L(A) + L(B)
//   mean: n L(A B) = n_A L(A) + n_B L(B),
//
// the last two up to what the contract lets each err; n is the number of rows, and for labels the
// sum of the weights of those that are not ignored. Where that of a part is 0 nothing is said.
// The gradient of the mean is not cut: it carries 1/n.

#include <cmath>
#include <limits>

#include "properties/judging/comparison.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class V>
std::vector<V> slice(const std::vector<V>& rows, std::ptrdiff_t begin, std::ptrdiff_t end,
                     std::ptrdiff_t width) {
  if (rows.empty()) return {};
  return {rows.begin() + begin * width, rows.begin() + end * width};
}

template <class T>
cases::Case<T> part(const cases::Case<T>& given, std::ptrdiff_t begin, std::ptrdiff_t end) {
  const auto classes = given.recipe.classes;
  cases::Case<T> cut{.recipe = given.recipe,
                     .logits = slice(given.logits, begin, end, classes),
                     .labels = slice(given.labels, begin, end, 1),
                     .probs = slice(given.probs, begin, end, classes),
                     .csr = cases::csr_of(slice(cases::rows_of(given.csr), begin, end, 1)),
                     .weight = given.weight,
                     .row_weight = slice(given.row_weight, begin, end, 1),
                     .ignore_index = given.ignore_index};
  cut.recipe.rows = end - begin;
  return cut;
}

template <class V>
void append(std::vector<V>& first, const std::vector<V>& second) {
  first.insert(first.end(), second.begin(), second.end());
}

// Both parts behind one another; their reduced losses are left to the caller.
template <class T>
Evaluation<T> joined(Evaluation<T> first, const Evaluation<T>& second) {
  first.rows += second.rows;
  append(first.grad, second.grad);
  append(first.grad_bound, second.grad_bound);
  append(first.loss, second.loss);
  append(first.loss_bound, second.loss_bound);
  return first;
}

template <class T>
std::optional<Violation> check_reduced(const Evaluation<T>& whole, const Evaluation<T>& a,
                                       const Evaluation<T>& b, long double share_a,
                                       long double share_b) {
  using Loss = LossOf<T>;
  const long double part_a = share_a * static_cast<long double>(a.loss[0]);
  const long double part_b = share_b * static_cast<long double>(b.loss[0]);
  const long double tolerance = whole.loss_bound[0] + std::fabs(share_a) * a.loss_bound[0] +
                                std::fabs(share_b) * b.loss_bound[0];
  const long double rounding = 4 * static_cast<long double>(std::numeric_limits<Loss>::epsilon()) *
                               (std::fabs(part_a) + std::fabs(part_b));
  const auto expected = static_cast<Loss>(part_a + part_b);
  if (agree<Loss>(static_cast<long double>(whole.loss[0]), static_cast<long double>(expected),
                  tolerance + rounding))
    return std::nullopt;
  return Violation{.got = show(whole.loss[0]), .expected = show_within(expected, tolerance)};
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto rows = given.recipe.rows;
  const auto cut = 1 + static_cast<std::ptrdiff_t>(given.recipe.seed) % (rows - 1);
  const auto whole = evaluate(contract, given.problem());
  const auto first_part = part(given, 0, cut);
  const auto second_part = part(given, cut, rows);
  const auto first = evaluate(contract, first_part.problem());
  const auto second = evaluate(contract, second_part.problem());
  const Reduction reduction = given.recipe.reduction;
  if (reduction != Reduction::none) {
    const long double n = divisor_of(given.problem());
    const long double n_a = divisor_of(first_part.problem());
    const long double n_b = divisor_of(second_part.problem());
    if (n_a == 0 || n_b == 0) return std::nullopt;
    const bool mean = reduction == Reduction::mean;
    if (auto violation =
            check_reduced(whole, first, second, mean ? n_a / n : 1, mean ? n_b / n : 1))
      return violation;
    if (mean) return std::nullopt;
  }
  auto both = joined(first, second);
  if (reduction == Reduction::sum) both.loss = whole.loss;
  return differ_in_bits(both, whole);
}

}  // namespace

extern const Law batch_split{
    .name = "batch_split",
    .statement = "L(A B) = L(A) L(B) in the same bits; sums and weighted means of the parts add up",
    .source = "by definition",
    .scope = {.min_rows = 2, .special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
