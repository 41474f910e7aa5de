// SPDX-License-Identifier: MIT
// Counts, maxima and witnesses as numbers, and the verdict that follows.

#include "library/verify/judged.hpp"

#include <charconv>
#include <limits>
#include <string>
#include <system_error>

namespace xent::library {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Returns the number that the text of a Witness begins with, the lower end of an enclosure.
double number_of(const std::string& text) {
  const char* begin = text.data();
  const char* const end = begin + text.size();
  if (begin != end && *begin == '[') ++begin;
  double number = none;
  const auto [_, fault] = std::from_chars(begin, end, number);
  if (fault != std::errc::result_out_of_range) return number;
  const bool is_small = text.find("e-") != std::string::npos;
  const double size = is_small ? 0 : std::numeric_limits<double>::infinity();
  return *begin == '-' ? -size : size;
}

xent_witness witness_of(bool is_there, const Witness& witness, const AnyMatrix& results) {
  if (!is_there) return {.row = -1, .class_index = -1, .got = none, .expected = none, .ulp = none};
  const std::ptrdiff_t column = witness.column < 0 ? -1 : witness.column;
  return {.row = witness.row,
          .class_index = column,
          .got = results(witness.row < 0 ? 0 : witness.row, column < 0 ? 0 : column),
          .expected = number_of(witness.expected),
          .ulp = witness.ulp.value_or(none)};
}

/// A loss of -0 in the place of 0 is 0 all the same.
bool is_wrong(const ErrorStats& errors) {
  return errors.breaches() > 0 && errors.categories.total() != errors.categories.wrong_zero;
}

}  // namespace

xent_judged judged_of(const Judged& judged) {
  const ErrorStats& all = judged.all;
  const Categories& categories = all.categories;
  return {.checked = all.count,
          .correctly_rounded = all.correctly_rounded,
          .undecided = all.undecided,
          .wrong_special = categories.of_no_numbers(),
          .wrong_sign = categories.wrong_sign + categories.wrong_zero + categories.negative,
          .lost_to_zero = categories.lost,
          .not_zero = categories.not_zero,
          .excused = all.cancelled,
          .outside_domain = judged.outside.count,
          .outside_bounds = all.over_bound,
          .max_ulp = all.max_ulp.value_or(none),
          .max_terms_ulp = all.max_terms_ulp.value_or(none),
          .worst = witness_of(all.max_ulp.has_value(), all.max_witness, judged.results),
          .wrong = witness_of(categories.total() > 0, all.category_witness, judged.results)};
}

std::int32_t verdict_of(const Judged& judged, bool has_bounds) {
  const ErrorStats& all = judged.all;
  if (all.correctly_rounded == all.count) return XENT_VERDICT_CORRECTLY_ROUNDED;
  if (is_wrong(all)) return XENT_VERDICT_WRONG;
  const bool has_categories = all.categories.total() != all.categories.wrong_zero;
  if (!has_categories && all.max_ulp.value_or(0) < 1) return XENT_VERDICT_FAITHFUL;
  const bool is_held = all.over_bound == 0 && all.undecided == 0 && judged.outside.count == 0;
  return has_bounds && is_held ? XENT_VERDICT_WITHIN_BOUNDS : XENT_VERDICT_INEXACT;
}

}  // namespace xent::library
