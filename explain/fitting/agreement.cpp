// SPDX-License-Identifier: MIT
#include "explain/fitting/agreement.hpp"

#include <algorithm>
#include <cmath>

#include "reference/workers.hpp"

namespace xent::explain {
namespace {

double relative_to(double size, double got, const Predicted& predicted) {
  const double difference = std::abs(got - predicted.value);
  return size > 0 && std::isfinite(difference) ? difference / size : 0;
}

// A number beside the tolerance of its own is compared with that.
double size_of(double got, const Predicted& predicted) {
  return std::max({std::abs(got), std::abs(predicted.value)});
}

Match match(double got, bool right, const Predicted& predicted, double exact) {
  Match result{.compared = true, .right = right};
  result.deviation = predicted.deviation(got);
  result.agrees = result.deviation <= 1;
  result.bits = result.agrees ? predicted.bits(exact) : 0;
  result.relative = relative_to(size_of(got, predicted), got, predicted);
  return result;
}

Match match_gradient(const Given& given, std::ptrdiff_t i, const Prediction& predicted,
                     const Prediction& exact, bool right) {
  Match result{.compared = true, .right = right, .agrees = true};
  double largest = 0;
  double off = 0;
  double telling = 1;
  for (std::size_t j = 0; j < predicted.row.x.size(); ++j) {
    const double got = given.doubt().results.grad(i, static_cast<std::ptrdiff_t>(j));
    const Predicted one = predicted.grad(j);
    result.deviation = std::max(result.deviation, one.deviation(got));
    const double of_exact = exact.grad_scale * exact.row.grad[j];
    if (const double apart = one.deviation(of_exact); apart > telling) {
      telling = apart;
      result.bits = one.bits(of_exact);
    }
    largest = std::max(largest, std::abs(one.value));
    off = std::max(off, std::abs(got - one.value));
    if (result.deviation > 1) break;
  }
  result.agrees = result.deviation <= 1;
  if (!result.agrees) result.bits = 0;
  result.relative = largest > 0 && std::isfinite(off) ? off / largest : 0;
  return result;
}

}  // namespace

void Tally::add(const Match& match) {
  if (!match.compared) {
    left_out += match.right ? 0 : 1;
    return;
  }
  ++rows;
  agreed += match.agrees ? 1 : 0;
  wrong += match.right ? 0 : 1;
  if (!match.agrees) return;
  relative = std::max(relative, match.relative);
  if (match.right) return;
  ++explained;
  telling += match.bits > 0 ? 1 : 0;
  bits += match.bits;
  most_bits = std::max(most_bits, match.bits);
  squares += match.deviation * match.deviation;
}

Matches match_row(const Given& given, std::ptrdiff_t i, const Prediction& predicted,
                  const Prediction& exact) {
  Matches result;
  const GivenRow& row = given.row(i);
  for (const Quantity quantity : all_quantities)
    result[index_of(quantity)].right = !given.has(quantity) || row.right[index_of(quantity)];
  const AnyOutputs& got = given.doubt().results;
  if (given.has(Quantity::lse))
    result[index_of(Quantity::lse)] =
        match(got.lse[i], row.right[index_of(Quantity::lse)], predicted.lse(), exact.lse().value);
  if (predicted.row.target.kind == Target::Kind::unknown) return result;
  if (given.by_rows(Quantity::loss))
    result[index_of(Quantity::loss)] = match(got.loss[i], row.right[index_of(Quantity::loss)],
                                             predicted.loss(), exact.loss().value);
  if (given.has(Quantity::grad) && predicted.row.wants_grad)
    result[index_of(Quantity::grad)] =
        match_gradient(given, i, predicted, exact, row.right[index_of(Quantity::grad)]);
  return result;
}

Tally tally_reduced(const Given& given, const Predicted& predicted) {
  Tally tally;
  if (!given.has(Quantity::loss)) return tally;
  Match one = match(given.doubt().results.loss[0], !given.wrong(Quantity::loss), predicted,
                    given.reduced().value);
  // Where there is one number only, its nearness counts as bits too, down to 1/16 of the tolerance.
  // An infinity has no nearness.
  if (one.bits > 0 && std::isfinite(predicted.value))
    one.bits -= std::log2(std::clamp(one.deviation, 1.0 / 16, 1.0));
  tally.add(one);
  return tally;
}

RowLosses::RowLosses(const Given& given, const Formula& formula)
    : rows_(static_cast<std::size_t>(given.doubt().rows())) {
  std::vector<Row> of_worker(static_cast<std::size_t>(std::max(given.threads(), 1)));
  reference::share_rows(given.doubt().rows(), given.threads(), {},
                        [&](std::size_t worker, std::ptrdiff_t i) {
                          evaluate(formula, given.doubt(), i, of_worker[worker]);
                          rows_[static_cast<std::size_t>(i)] = share_of(of_worker[worker]);
                        });
}

Predicted RowLosses::reduced(const Given& given, const Candidate& candidate) const {
  return reduced_loss(candidate, rows_, given.precision());
}

Tallies tally_all(const Given& given, const Candidate& candidate) {
  struct Pair {
    Prediction predicted, exact;
  };
  const bool reduced = given.has(Quantity::loss) && !given.by_rows(Quantity::loss);
  std::vector<Pair> of_worker(static_cast<std::size_t>(std::max(given.threads(), 1)));
  std::vector<Matches> matches(static_cast<std::size_t>(given.doubt().rows()));
  std::vector<RowShare> rows(reduced ? matches.size() : 0);
  reference::share_rows(
      given.doubt().rows(), given.threads(), {}, [&](std::size_t worker, std::ptrdiff_t i) {
        Pair& pair = of_worker[worker];
        given.predict(candidate, i, pair.predicted);
        given.predict(given.exact(), i, pair.exact);
        matches[static_cast<std::size_t>(i)] = match_row(given, i, pair.predicted, pair.exact);
        if (reduced) rows[static_cast<std::size_t>(i)] = share_of(pair.predicted.row);
      });
  Tallies tallies;
  for (const Matches& row : matches)
    for (const Quantity quantity : all_quantities)
      if (given.by_rows(quantity)) tallies[index_of(quantity)].add(row[index_of(quantity)]);
  if (!reduced) return tallies;
  tallies[index_of(Quantity::loss)] =
      tally_reduced(given, reduced_loss(candidate, rows, given.precision()));
  return tallies;
}

}  // namespace xent::explain
