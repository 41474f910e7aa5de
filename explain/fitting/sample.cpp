// SPDX-License-Identifier: MIT
#include "explain/fitting/sample.hpp"

#include <algorithm>

namespace xent::explain {
namespace {

constexpr std::size_t farthest = 8, other_wrong = 5, right = 3;
constexpr std::ptrdiff_t enough_failures = 4;  // where nothing agrees

double off(const GivenRow& row) { return std::ranges::max(row.off); }

bool is_wrong(const GivenRow& row) { return !std::ranges::all_of(row.right, std::identity{}); }

// Moves `count` elements, evenly spaced, to the end of `chosen`.
void take_evenly(const std::vector<std::ptrdiff_t>& from, std::size_t first, std::size_t count,
                 std::vector<std::ptrdiff_t>& chosen) {
  if (first >= from.size()) return;
  const std::size_t left = from.size() - first;
  count = std::min(count, left);
  for (std::size_t k = 0; k < count; ++k) chosen.push_back(from[first + k * left / count]);
}

}  // namespace

Sample::Sample(const Given& given) : given_(given) {
  const bool any_by_rows = std::ranges::any_of(
      all_quantities, [&](Quantity quantity) { return given.by_rows(quantity); });
  if (!any_by_rows) return;
  std::vector<std::ptrdiff_t> wrong, others;
  for (std::ptrdiff_t i = 0; i < given.doubt().rows(); ++i)
    (is_wrong(given.row(i)) ? wrong : others).push_back(i);
  std::ranges::stable_sort(wrong, std::greater{},
                           [&](std::ptrdiff_t i) { return off(given.row(i)); });
  for (std::size_t k = 0; k < std::min(farthest, wrong.size()); ++k) rows_.push_back(wrong[k]);
  take_evenly(wrong, farthest, other_wrong, rows_);
  take_evenly(others, 0, right, rows_);
  exact_.resize(rows_.size());
  for (std::size_t k = 0; k < rows_.size(); ++k) given.predict(given.exact(), rows_[k], exact_[k]);
  for (Prediction& one : exact_) {  // what is not asked again
    for (std::vector<double>* array : {&one.row.x, &one.row.c, &one.row.p, &one.row.slope}) {
      array->clear();
      array->shrink_to_fit();
    }
  }
}

std::optional<Tallies> Sample::tally(const Candidate& candidate) const {
  Tallies tallies;
  Prediction predicted;
  const auto half = [&](Quantity quantity) {
    return std::ranges::count_if(
               rows_, [&](std::ptrdiff_t i) { return !given_.row(i).right[index_of(quantity)]; }) /
           2;
  };
  std::array<std::ptrdiff_t, all_quantities.size()> most{};
  for (const Quantity quantity : all_quantities) most[index_of(quantity)] = half(quantity);
  const bool any_wrong = std::ranges::any_of(all_quantities, [&](Quantity quantity) {
    return given_.by_rows(quantity) && given_.wrong(quantity);
  });
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    given_.predict(candidate, rows_[k], predicted);
    const Matches matches = match_row(given_, rows_[k], predicted, exact_[k]);
    bool hopeful = false;  // for one wrong quantity
    for (const Quantity quantity : all_quantities) {
      if (!given_.by_rows(quantity)) continue;
      Tally& tally = tallies[index_of(quantity)];
      tally.add(matches[index_of(quantity)]);
      const std::ptrdiff_t failed = tally.wrong - tally.explained;
      const bool none = tally.explained == 0 && failed >= enough_failures;
      if (given_.wrong(quantity) && failed <= most[index_of(quantity)] && !none) hopeful = true;
    }
    if (!hopeful && any_wrong) return std::nullopt;
  }
  return tallies;
}

}  // namespace xent::explain
