// SPDX-License-Identifier: MIT
// Equal logits are treated alike:
//
//   x_j = x_k, y not among them   =>   g_j = g_k
//   x_1 = ... = x_C               =>   L = log C
//   C = 1                         =>   L = +0, g = 0
//
// each up to what the contract lets them err, the last exactly.

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "properties/comparison.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check_equal_row(const Evaluation<T>& computed, std::ptrdiff_t i) {
  const auto at = static_cast<std::size_t>(i);
  const T loss = computed.loss[at];
  const long double exact = std::log(static_cast<long double>(computed.classes));
  if (!agree<T>(static_cast<long double>(loss), exact, computed.loss_bound[at]))
    return Violation{
        .row = i, .got = show(loss), .expected = "log C = " + show(static_cast<double>(exact))};
  if (computed.classes == 1 && (loss != 0 || std::signbit(loss)))
    return Violation{.row = i, .got = show(loss), .expected = "+0"};
  if (computed.classes == 1 && computed.grad[at] != 0)
    return Violation{.row = i, .column = 0, .got = show(computed.grad[at]), .expected = "0"};
  return std::nullopt;
}

// Compares each class with the one next to it in the order of the logits.
template <class T>
std::optional<Violation> check_gradients(const Evaluation<T>& computed, std::span<const T> x,
                                         std::size_t row, std::size_t label) {
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < x.size(); ++j)
    if (j != label) order.push_back(j);
  std::stable_sort(order.begin(), order.end(), [&](auto j, auto k) { return x[j] < x[k]; });
  for (std::size_t n = 1; n < order.size(); ++n) {
    if (x[order[n - 1]] != x[order[n]]) continue;
    const std::size_t j = row * x.size() + order[n - 1];
    const std::size_t k = row * x.size() + order[n];
    const long double tolerance = computed.grad_bound[j] + computed.grad_bound[k];
    if (!agree<T>(static_cast<long double>(computed.grad[k]),
                  static_cast<long double>(computed.grad[j]), tolerance))
      return Violation{.row = static_cast<std::ptrdiff_t>(row),
                       .column = static_cast<std::ptrdiff_t>(order[n]),
                       .got = show(computed.grad[k]),
                       .expected = show_within(computed.grad[j], tolerance)};
  }
  return std::nullopt;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto computed = evaluate(contract, given.problem());
  const auto classes = static_cast<std::size_t>(given.recipe.classes);
  for (std::size_t i = 0; i < given.labels.size(); ++i) {
    const auto x = std::span(given.logits).subspan(i * classes, classes);
    const bool equal = std::all_of(x.begin(), x.end(), [&](T x_j) { return x_j == x.front(); });
    auto violation =
        equal ? check_equal_row(computed, static_cast<std::ptrdiff_t>(i)) : std::nullopt;
    if (!violation)
      violation = check_gradients(computed, x, i, static_cast<std::size_t>(given.labels[i]));
    if (violation) return violation;
  }
  return std::nullopt;
}

constexpr std::string_view tied_families[] = {"ties", "all_equal", "one_class"};

}  // namespace

extern const Law ties{
    .name = "ties",
    .statement = "x_j = x_k  =>  g_j = g_k (j, k != y); all equal  =>  L = log C, and +0 for C = 1",
    .source = "by symmetry",
    .scope = {.families = tied_families, .targets = only_labels, .reductions = only_none},
    .f32 = {.of_case = check<float>},
    .f64 = {.of_case = check<double>},
};

}  // namespace xent::properties::law_list
