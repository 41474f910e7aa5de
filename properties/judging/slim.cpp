// SPDX-License-Identifier: MIT
// Slim records: digits that nobody reads and witnesses of what is not the largest go.

#include "properties/judging/slim.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <xent/records/error_text.hpp>

namespace xent::properties {
namespace {

struct Maximum {
  std::optional<double> ErrorStats::*value;
  Witness ErrorStats::*witness;
};

constexpr Maximum ratio = {&ErrorStats::max_ratio, &ErrorStats::ratio_witness};
constexpr Maximum others[] = {{&ErrorStats::max_ulp, &ErrorStats::max_witness},
                              {&ErrorStats::max_terms_ulp, &ErrorStats::terms_witness},
                              {&ErrorStats::max_relative, &ErrorStats::relative_witness},
                              {&ErrorStats::max_absolute, &ErrorStats::absolute_witness},
                              {&ErrorStats::max_backward, &ErrorStats::backward_witness}};

constexpr int digits = 4;

void round_up(std::optional<double>& value) {
  if (value) value = decimal_up(*value, digits);
}

/// Rounds the numbers of the errors, those of witnesses too.
void round_up(ErrorStats& errors) {
  for (auto quantile : {&ErrorStats::p50, &ErrorStats::p99, &ErrorStats::p999})
    round_up(errors.*quantile);
  round_up(errors.*ratio.value);
  round_up((errors.*ratio.witness).ulp);
  for (const Maximum& maximum : others) {
    round_up(errors.*maximum.value);
    round_up((errors.*maximum.witness).ulp);
  }
  round_up(errors.category_witness.ulp);
  round_up(errors.undecided_witness.ulp);
}

/// Leaves out the witness of a maximum but where it is the largest of the records of equal
/// key(record), the first of equals.
template <class Key>
void keep_largest(std::vector<AccuracyRecord>& records, const Maximum& maximum, Key key) {
  std::map<decltype(key(records.front())), AccuracyRecord*> largest;
  const auto drop = [&](AccuracyRecord& one) {
    if (one.verdict == Verdict::passed) one.errors.*maximum.witness = {};
  };
  for (AccuracyRecord& one : records) {
    if (one.verdict == Verdict::skipped) continue;
    AccuracyRecord*& best = largest[key(one)];
    if (best != nullptr && !(one.errors.*maximum.value > best->errors.*maximum.value)) {
      drop(one);
      continue;
    }
    if (best != nullptr) drop(*best);
    best = &one;
  }
}

/// Leaves out the place of a case but where it has the largest error / contract of the same
/// implementation, quantity, source and kind of targets, the first of equals; that of targets with
/// options; and that which the witness of its record names.
void keep_largest_places(std::vector<AccuracyRecord>& records) {
  using Key = std::tuple<std::string, std::string, std::string, TargetsKind>;
  std::map<Key, JudgedCase*> largest;
  for (AccuracyRecord& record : records) {
    const std::string named = place_of(record.errors.ratio_witness);
    for (JudgedCase& one : record.cases) {
      const Key key(record.implementation, record.quantity, record.source, kind_of_targets(one));
      JudgedCase*& best = largest[key];
      JudgedCase* smaller = &one;
      if (best == nullptr || one.max_ratio > best->max_ratio) std::swap(best, smaller);
      if (smaller != nullptr) smaller->place.clear();
      if (one.place == named || std::get<TargetsKind>(key) == TargetsKind::with_options)
        one.place.clear();
    }
  }
}

/// Leaves out the witnesses of categories but the first of records of equal implementation, element
/// type and quantity.
void keep_first_category(std::vector<AccuracyRecord>& records) {
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (AccuracyRecord& one : records)
    if (one.errors.categories.total() > 0 &&
        !seen.emplace(one.implementation, one.dtype, one.quantity).second &&
        one.verdict == Verdict::passed)
      one.errors.category_witness = {};
}

}  // namespace

void slim(std::vector<AccuracyRecord>& records) {
  for (AccuracyRecord& one : records) {
    round_up(one.errors);
    one.seconds = decimal_up(one.seconds, digits);
    for (JudgedCase& judged : one.cases) round_up(judged.max_ratio);
  }
  keep_largest(records, ratio, [](const AccuracyRecord& one) {
    return std::tuple(one.implementation, one.quantity, one.source);
  });
  keep_largest_places(records);
  for (const Maximum& maximum : others)
    keep_largest(records, maximum, [](const AccuracyRecord& one) {
      return std::tuple(one.implementation, one.dtype, one.quantity);
    });
  keep_first_category(records);
}

}  // namespace xent::properties
