// SPDX-License-Identifier: MIT
// The errors of results against the certified exact values, with their witnesses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xent {

/// An input that attains a maximum or breaks a rule. Numbers are text: hexadecimal loses nothing.
struct Witness {
  std::string case_id;       // the case, as `xent verify --case` takes it
  std::int64_t row = -1;     // -1: the reduced loss
  std::int64_t column = -1;  // -1: the loss, -2: the log-sum-exp
  std::string got;
  std::string expected;       // the exact value to 17 digits
  std::optional<double> ulp;  // the error in ulp of the exact value; none where one is no number
  std::string command;        // the command that repeats it

  bool operator==(const Witness&) const = default;
};

/// Returns the case of a witness with its row and class, as in
/// "f32/normal(3)/600x2/labels/none/seed=0 (row 5, class 1)"; "" of no witness.
inline std::string place_of(const Witness& witness) {
  if (witness.case_id.empty() || witness.row < 0) return witness.case_id;
  std::string place = witness.case_id + " (row " + std::to_string(witness.row);
  if (witness.column >= 0) place += ", class " + std::to_string(witness.column);
  return place + ")";
}

/// The number of results in each category: outcomes that are not a number of ulp, and are counted,
/// never folded into a maximum in ulp.
struct Categories {
  std::int64_t nan_unexpected = 0;  // NaN where the exact value is a number
  std::int64_t nan_missing = 0;     // a number where the policy says NaN
  std::int64_t inf_unexpected = 0;  // inf where the exact value rounds to a finite number
  std::int64_t inf_missing = 0;     // finite where the exact value is, or rounds to, inf
  std::int64_t wrong_sign = 0;      // a number but 0 whose sign is not that of y
  std::int64_t wrong_zero = 0;      // a loss of -0 where the exact one is not negative
  std::int64_t negative = 0;        // a loss below 0 where the exact one is not
  std::int64_t lost = 0;            // 0 where the exact value is a normal number
  std::int64_t not_zero = 0;        // a number where the exact value is 0

  std::int64_t total() const;
  /// Returns those of NaN and inf, each of which breaks the contract of any tier.
  std::int64_t of_no_numbers() const {
    return nan_unexpected + nan_missing + inf_unexpected + inf_missing;
  }
  bool operator==(const Categories&) const = default;
};

/// The names of a category: that of the member, and the words that follow a number of results.
struct CategoryName {
  std::int64_t Categories::*member;
  std::string_view key;
  std::string_view words;
};

/// The names of all members of Categories.
inline constexpr CategoryName all_categories[] = {
    {&Categories::nan_unexpected, "nan_unexpected", "NaN unexpected"},
    {&Categories::nan_missing, "nan_missing", "NaN missing"},
    {&Categories::inf_unexpected, "inf_unexpected", "inf unexpected"},
    {&Categories::inf_missing, "inf_missing", "inf missing"},
    {&Categories::wrong_sign, "wrong_sign", "of wrong sign"},
    {&Categories::wrong_zero, "wrong_zero", "zero of wrong sign"},
    {&Categories::negative, "negative", "below zero"},
    {&Categories::lost, "lost", "lost to zero"},
    {&Categories::not_zero, "not_zero", "not zero"}};

inline std::int64_t Categories::total() const {
  std::int64_t sum = 0;
  for (const CategoryName& one : all_categories) sum += this->*one.member;
  return sum;
}

/// The errors of a set of results against the certified exact values y, with a witness of each
/// maximum. An ulp is that of y. The ulp of the terms, which contracts are stated in, is that of
/// the sum of the magnitudes of the terms of y that may cancel: the two of a gradient component,
/// all of a loss of soft targets, |m| and l of a log-sum-exp; where nothing can cancel it is that
/// of y. A maximum is the upper end of a certified interval, and absent where no result has such an
/// error. Results that are counted in `categories` count in no maximum but max_ratio; those of them
/// that are `cancelled` also count in max_terms_ulp, max_absolute and max_backward.
struct ErrorStats {
  std::int64_t count = 0;
  std::int64_t correctly_rounded = 0;    // certainly the nearest number to y, or rightly NaN or inf
  std::int64_t undecided = 0;            // the reference reached its last precision
  Witness undecided_witness;             // the first of them
  std::optional<double> p50, p99, p999;  // ulp, rounded up
  std::optional<double> max_ulp;
  Witness max_witness;
  std::optional<double> max_terms_ulp;
  Witness terms_witness;
  std::optional<double> max_relative;  // |got - y| / |y|
  Witness relative_witness;
  std::optional<double> max_absolute;  // |got - y| / u
  Witness absolute_witness;
  /// The backward error |got - y| / (u (|y| + sum_k |x_k dy/dx_k|)). It is near 1 where a result is
  /// as good as its inputs allow, however large its error in ulp. The sum is known to 3 digits.
  std::optional<double> max_backward;
  Witness backward_witness;
  std::optional<double> max_ratio;  // error / contract; above 1 the contract is broken
  Witness ratio_witness;
  std::int64_t over_bound = 0;  // how many errors are above their bound
  Categories categories;
  /// How many of those in `categories` are wrong signs and zeros that a contract allows, because
  /// the terms of y cancel to less than its bound.
  std::int64_t cancelled = 0;
  /// The witness of the first NaN or inf in `categories`, else of the first result that is not
  /// `cancelled`, else of the first.
  Witness category_witness;

  /// Returns how many results in `categories` no bound allows.
  std::int64_t breaches() const { return categories.total() - cancelled; }

  /// Returns the witness that says most: that of a broken contract, else of a category, else of an
  /// undecided result, else of the maximum in ulp.
  const Witness& telling_witness() const {
    if (max_ratio > 1) return ratio_witness;
    if (breaches() > 0) return category_witness;
    return undecided > 0 ? undecided_witness : max_witness;
  }
  bool operator==(const ErrorStats&) const = default;
};

}  // namespace xent
