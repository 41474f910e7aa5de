// SPDX-License-Identifier: MIT
// What docs/policy.md says of NaN, infinities, masks, extremes and the empty batch. Each special
// row stands between two plain ones, which it must not disturb, as labels (where its weights are
// one-hot) and as probs, under every reduction.

#include <algorithm>
#include <cmath>
#include <limits>

#include "properties/comparison.hpp"
#include "properties/message.hpp"
#include "properties/special_rows.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
cases::Case<T> batch(const std::vector<SpecialRow>& rows, cases::TargetKind targets,
                     Reduction reduction) {
  cases::Case<T> made{.recipe = {.dtype = dtype_of<T>,
                                 .rows = std::ssize(rows),
                                 .classes = std::ssize(rows.front().logits),
                                 .targets = targets,
                                 .reduction = reduction},
                      .logits = {},
                      .labels = {},
                      .probs = {}};
  for (const SpecialRow& row : rows) {
    for (const double x : row.logits) made.logits.push_back(static_cast<T>(x));
    for (const double q : row.weights) made.probs.push_back(static_cast<T>(q));
    made.labels.push_back(std::max_element(row.weights.begin(), row.weights.end()) -
                          row.weights.begin());
  }
  return made;
}

// The exact results of the rows.
struct Expected {
  std::vector<long double> loss;
  std::vector<long double> grad;
};

Expected expected_of(const std::vector<SpecialRow>& rows, Reduction reduction) {
  const long double n = reduction == Reduction::mean ? static_cast<long double>(rows.size()) : 1;
  Expected expected;
  long double sum = 0;
  for (const SpecialRow& row : rows) {
    sum += row.loss;
    expected.loss.push_back(row.loss);
    for (const long double g : row.grad) expected.grad.push_back(g / n);
  }
  if (reduction != Reduction::none) expected.loss = {sum / n};
  return expected;
}

template <class T>
bool is(T got, long double exact, long double bound) {
  return agree<T>(static_cast<long double>(got), exact, bound + std::fabs(exact) * 0x1p-60L);
}

template <class T>
std::optional<Violation> check_batch(const Contract<T>& contract,
                                     const std::vector<SpecialRow>& rows, cases::TargetKind targets,
                                     Reduction reduction) {
  const auto given = batch<T>(rows, targets, reduction);
  const auto computed = evaluate(contract, given.problem());
  const Expected expected = expected_of(rows, reduction);
  const std::string input = rows[1].name + ", " + std::string(to_string(targets)) + ", " +
                            std::string(to_string(reduction));
  for (std::size_t k = 0; k < computed.loss.size(); ++k) {
    const T got = computed.loss[k];
    const long double exact = expected.loss[k];
    if (!is(got, exact, computed.loss_bound[k]) || (exact == 0 && std::signbit(got)))
      return Violation{.row = reduction == Reduction::none ? static_cast<std::ptrdiff_t>(k) : -1,
                       .got = show(got),
                       .expected = show(static_cast<T>(exact)),
                       .input = input};
  }
  for (std::size_t k = 0; k < computed.grad.size(); ++k)
    if (!is(computed.grad[k], expected.grad[k], computed.grad_bound[k]))
      return Violation{.row = static_cast<std::ptrdiff_t>(k) / computed.classes,
                       .column = static_cast<std::ptrdiff_t>(k) % computed.classes,
                       .got = show(computed.grad[k]),
                       .expected = show(static_cast<T>(expected.grad[k])),
                       .input = input};
  return std::nullopt;
}

template <class T>
std::optional<Violation> check_row(const Contract<T>& contract, const SpecialRow& row) {
  const SpecialRow plain = plain_row(row.logits.size());
  const bool overflows = std::isfinite(row.loss) && std::isinf(static_cast<T>(row.loss));
  for (const Reduction reduction : all_reductions) {
    if (overflows && reduction == Reduction::mean)
      continue;  // inf or the finite mean, both are right
    for (const cases::TargetKind targets : {cases::TargetKind::labels, cases::TargetKind::probs}) {
      if (targets == cases::TargetKind::labels && !is_one_hot(row)) continue;
      if (auto violation = check_batch(contract, {plain, row, plain}, targets, reduction))
        return violation;
    }
  }
  return std::nullopt;
}

// No rows: no losses, a sum of +0, a mean of NaN.
template <class T>
std::optional<Violation> check_empty(const Contract<T>& contract, Reduction reduction) {
  const cases::Case<T> none{.recipe = {.dtype = dtype_of<T>, .rows = 0, .reduction = reduction},
                            .logits = {},
                            .labels = {},
                            .probs = {}};
  const std::vector<T> loss = evaluate_loss(contract, none.problem());
  const long double exact =
      reduction == Reduction::sum ? 0 : std::numeric_limits<long double>::quiet_NaN();
  if (loss.empty() || (is(loss[0], exact, 0) && (exact != 0 || !std::signbit(loss[0]))))
    return std::nullopt;
  return Violation{.got = show(loss[0]),
                   .expected = show(static_cast<T>(exact)),
                   .input = "the empty batch, " + std::string(to_string(reduction))};
}

template <class T>
TableOutcome check(const Contract<T>& contract) {
  using Limits = std::numeric_limits<T>;
  TableOutcome outcome;
  for (const SpecialRow& row : special_rows(static_cast<double>(Limits::max()),
                                            static_cast<double>(Limits::denorm_min()))) {
    if (!lies_within(row, contract.domain)) continue;
    ++outcome.entries;
    if ((outcome.violation = check_row(contract, row))) return outcome;
  }
  for (const Reduction reduction : all_reductions) {
    ++outcome.entries;
    if ((outcome.violation = check_empty(contract, reduction))) return outcome;
  }
  return outcome;
}

}  // namespace

extern const Law special_values{
    .name = "special_values",
    .statement =
        "NaN, infinities, masks, extremes and the empty batch give what docs/policy.md says",
    .source = "docs/policy.md",
    .f32 = {.of_table = check<float>},
    .f64 = {.of_table = check<double>},
};

}  // namespace xent::properties::law_list
