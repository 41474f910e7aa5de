// SPDX-License-Identifier: MIT
#include "explain/fitting/probe.hpp"

#include <cmath>
#include <utility>

#include "explain/fitting/roots.hpp"

namespace xent::explain {
namespace {

constexpr int points = 29;  // between which a row's values are looked for

}  // namespace

Probe::Probe(const Given& given, std::ptrdiff_t i, Candidate candidate, const Variant& variant)
    : given_(given), variant_(variant), candidate_(std::move(candidate)), i_(i) {
  const AnyOutputs& got = given.doubt().results;
  column_ = static_cast<std::size_t>(given.row(i).worst_column);
  const auto wrong = [&](Quantity one) {
    return given.by_rows(one) && !given.row(i).right[index_of(one)];
  };
  if (wrong(Quantity::loss)) {
    got_ = got.loss[i];
  } else if (wrong(Quantity::grad)) {
    of_ = Quantity::grad;
    got_ = got.grad(i, given.row(i).worst_column);
  } else {
    of_ = Quantity::lse;
    got_ = wrong(Quantity::lse) ? got.lse[i] : 0;
    usable_ = wrong(Quantity::lse);
  }
  usable_ = usable_ && std::isfinite(got_);
}

Predicted Probe::at(double value) {
  variant_.plant(candidate_.formula, value);
  given_.predict(candidate_, i_, prediction_, of_ == Quantity::grad);
  return of_ == Quantity::loss   ? prediction_.loss()
         : of_ == Quantity::grad ? prediction_.grad(column_)
                                 : prediction_.lse();
}

std::vector<Own> Probe::own(const Parameter& parameter) {
  std::vector<Own> all;
  const auto off = [&](double value) { return at(value).value - got_; };
  for (const double root : roots(parameter, off, points)) {
    const double step = 1e-4;  // relative
    const double moved = std::abs(at(root * (1 + step)).value - at(root).value) / step;
    const double tolerance = at(root).tolerance / candidate_.slack;
    all.push_back({root, moved > 0 ? std::abs(root) * tolerance / moved : 1e150});
  }
  return all;
}

}  // namespace xent::explain
