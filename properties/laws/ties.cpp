// SPDX-License-Identifier: MIT
// Equal classes are treated alike:
//
//   x_j = x_k, c_j = c_k   =>   g_j = g_k
//   x_1 = ... = x_C        =>   L = Q log C,  Q = sum_j c_j
//   C = 1                  =>   L = +0, g = 0
//
// each up to what the contract lets them err, the last exactly.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <tuple>
#include <vector>

#include "properties/judging/comparison.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check_equal_row(const Evaluation<T>& computed, std::ptrdiff_t i,
                                         long double total) {
  const auto at = static_cast<std::size_t>(i);
  const LossOf<T> loss = computed.loss[at];
  const long double exact = total * std::log(static_cast<long double>(computed.classes));
  if (!agree<LossOf<T>>(static_cast<long double>(loss), exact, computed.loss_bound[at]))
    return Violation{
        .row = i, .got = show(loss), .expected = "Q log C = " + show(static_cast<double>(exact))};
  if (computed.classes == 1 && (loss != 0 || std::signbit(loss)))
    return Violation{.row = i, .got = show(loss), .expected = "+0"};
  if (computed.classes == 1 && computed.grad[at] != 0)
    return Violation{.row = i, .column = 0, .got = show(computed.grad[at]), .expected = "0"};
  return std::nullopt;
}

// Compares each class with the one next to it in the order of the logits and the c_j.
template <class T>
std::optional<Violation> check_gradients(const Evaluation<T>& computed, std::span<const T> x,
                                         std::ptrdiff_t i, const ExtendedRow& row) {
  const auto key = [&](std::ptrdiff_t j) {
    return std::tuple(x[static_cast<std::size_t>(j)], row.coefficient(j));
  };
  std::vector<std::ptrdiff_t> order(x.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::ptrdiff_t j, std::ptrdiff_t k) { return key(j) < key(k); });
  for (std::size_t n = 1; n < order.size(); ++n) {
    if (key(order[n - 1]) != key(order[n])) continue;
    const auto j = static_cast<std::size_t>(i * computed.classes + order[n - 1]);
    const auto k = static_cast<std::size_t>(i * computed.classes + order[n]);
    const long double tolerance = computed.grad_bound[j] + computed.grad_bound[k];
    if (!agree<T>(static_cast<long double>(computed.grad[k]),
                  static_cast<long double>(computed.grad[j]), tolerance))
      return Violation{.row = i,
                       .column = order[n],
                       .got = show(computed.grad[k]),
                       .expected = show_within(computed.grad[j], tolerance)};
  }
  return std::nullopt;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto computed = evaluate(contract, given.problem());
  const auto classes = static_cast<std::size_t>(given.recipe.classes);
  for (std::ptrdiff_t i = 0; i < given.recipe.rows; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (given.ignore_index && given.ignore_index == given.labels[at]) continue;
    const ExtendedRow row(given.problem(), i);
    const auto x = std::span(given.logits).subspan(at * classes, classes);
    const bool equal = std::all_of(x.begin(), x.end(), [&](T x_j) { return x_j == x.front(); });
    auto violation = equal ? check_equal_row(computed, i, row.total()) : std::nullopt;
    if (!violation) violation = check_gradients(computed, x, i, row);
    if (violation) return violation;
  }
  return std::nullopt;
}

constexpr std::string_view tied_families[] = {"ties", "all_equal", "one_class"};

}  // namespace

extern const Law ties{
    .name = "ties",
    .statement =
        "x_j = x_k, c_j = c_k  =>  g_j = g_k; all x equal  =>  L = Q log C, and +0 for C = 1",
    .source = "by symmetry",
    .scope = {.families = tied_families, .reductions = only_none, .options = only_coefficients},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
