// SPDX-License-Identifier: MIT
// Classes that cannot occur change nothing: with k logits of -inf and no weight appended,
//
//   L(x, -inf ... -inf) = L(x),   g(x, -inf ... -inf) = g(x), 0 ... 0,
//
// up to what the contract lets each side err; the zeros are exact. The weights of the classes that
// are appended are NaN: without a target they are not looked at. Smoothing would give them one.

#include <algorithm>
#include <limits>

#include "properties/judging/comparison.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

// Rows of `classes` elements, each with `more` of `value` behind.
template <class V>
std::vector<V> padded(const std::vector<V>& rows, std::ptrdiff_t classes, std::ptrdiff_t more,
                      V value) {
  std::vector<V> result;
  for (auto row = rows.begin(); row != rows.end(); row += classes) {
    result.insert(result.end(), row, row + classes);
    result.insert(result.end(), static_cast<std::size_t>(more), value);
  }
  return result;
}

template <class T>
std::optional<Violation> find_padding_not_zero(const Evaluation<T>& wide, std::ptrdiff_t classes) {
  for (std::ptrdiff_t i = 0; i < wide.rows; ++i)
    for (std::ptrdiff_t j = classes; j < wide.classes; ++j) {
      const T g = wide.grad[static_cast<std::size_t>(i * wide.classes + j)];
      if (g != 0) return Violation{.row = i, .column = j, .got = show(g), .expected = "0"};
    }
  return std::nullopt;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto classes = given.recipe.classes;
  const auto more = std::min(1 + static_cast<std::ptrdiff_t>(given.recipe.seed % 20),
                             contract.domain.max_classes - classes);
  cases::Case<T> wide = given;
  wide.recipe.classes += more;
  wide.logits =
      padded(given.logits, classes, more, static_cast<T>(-std::numeric_limits<double>::infinity()));
  wide.probs = padded(given.probs, classes, more, T{0});
  wide.weight = padded(given.weight, classes, more, std::numeric_limits<T>::quiet_NaN());
  const auto narrow_result = evaluate(contract, given.problem());
  auto wide_result = evaluate(contract, wide.problem());
  if (auto violation = find_padding_not_zero(wide_result, classes)) return violation;
  auto expected = narrow_result;
  expected.classes = wide.recipe.classes;
  expected.grad = padded(narrow_result.grad, classes, more, T{0});
  expected.grad_bound = padded(narrow_result.grad_bound, classes, more, 0.0L);
  return differ(wide_result, expected);
}

}  // namespace

extern const Law masked_padding{
    .name = "masked_padding",
    .statement = "L(x, -inf ... -inf) = L(x), g(x, -inf ... -inf) = g(x), 0 ... 0",
    .source = "exp(-inf) = 0",
    .scope = {.options = {.csr = true,
                          .weight = true,
                          .row_weight = true,
                          .ignore_index = true,
                          .z_loss = true,
                          .temperature = true,
                          .softcap = true},
              .masks = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
