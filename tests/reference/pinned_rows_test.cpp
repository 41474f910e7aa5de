// SPDX-License-Identifier: MIT
// Pinned rows: both methods of the reference agree with the 40 digits that another library computed
// by the textbook formulas (pinned_row.py).
#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/definition/definition.hpp"
#include "reference/oracle.hpp"
#include "tests/support/pinned_row.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::PinnedRow;

using Pinned = Interval<56>;

/// Where the number that `text` is rounded from lies: within one unit of its last digit; of an
/// exact 0, within 1e-300, for Arb cannot know it.
Pinned within_a_digit(const std::string& text) {
  std::string last_digit = text == "0" ? "1e-300" : text;
  const std::size_t end = text == "0" ? 0 : std::min(text.find('e'), text.size());
  for (std::size_t k = 0; k < end; ++k)
    if (std::isdigit(static_cast<unsigned char>(text[k])) != 0)
      last_digit[k] = k + 1 == end ? '1' : '0';
  Pinned value;
  Pinned unit;
  mpfi_set_str(raw(value), text.c_str(), 10);
  mpfi_set_str(raw(unit), last_digit.c_str(), 10);
  mpfi_increase(raw(value), upper(magnitude(unit)));
  return value;
}

/// Whether the special value is the pinned one; nothing else is compared where it is.
bool is_special(const std::string& text, double special) {
  const double pinned = std::strtod(text.c_str(), nullptr);
  return std::isnan(pinned) ? std::isnan(special) : pinned == special;
}

/// Whether `value` may be the pinned number.
template <class N>
bool holds(const N& value, double special, const std::string& text) {
  if (special != 0) return is_special(text, special);
  const auto& y = interval_of(value);
  const Pinned pinned = within_a_digit(text);
  return mpfr_lessequal_p(lower(y), upper(pinned)) != 0 &&
         mpfr_lessequal_p(lower(pinned), upper(y)) != 0;
}

/// Whether `value` is the pinned number to its last digit.
template <unsigned Digits>
bool agrees(const Interval<Digits>& value, double special, const std::string& text) {
  if (special != 0) return is_special(text, special);
  const Pinned pinned = within_a_digit(text);
  return mpfi_is_inside(raw(value), raw(pinned)) != 0;
}

/// Calls check(got, text, what) with the loss and each gradient component that get(j) gives, where
/// j = -1 is the loss.
template <class Get, class Check>
void check_all(const PinnedRow& pinned, const std::string& line, Get get, Check check) {
  const std::vector<std::string> gradient = pinned.gradient();
  for (std::ptrdiff_t j = -1; j < std::ssize(gradient); ++j) {
    const auto got = get(j);
    const std::string& text = j < 0 ? pinned.loss() : gradient[static_cast<std::size_t>(j)];
    EXPECT_TRUE(check(got.value, got.special, text))
        << fmt::format("{} of: {}", j < 0 ? "the loss" : fmt::format("component {}", j), line);
  }
}

template <class N, class Check>
void check_first_method(const PinnedRow& pinned, const std::string& line, Check check) {
  const RowProblem row = pinned.row();
  const RowEnclosure<N> exact(row, true);
  check_all(
      pinned, line, [&](std::ptrdiff_t j) { return j < 0 ? exact.loss() : exact.gradient(j); },
      check);
}

void check_row(const PinnedRow& pinned, const std::string& line) {
  const RowProblem row = pinned.row();
  const auto to_the_digit = [](const auto& value, double special, const std::string& text) {
    return agrees(value, special, text);
  };
  EXPECT_TRUE(row.classes() == std::ssize(pinned.gradient()) && row.classes() > 0)
      << "as many gradient components as classes in: " + line;
  const DefinedRow defined = refined_row(row, 192, 16384);
  check_all(
      pinned, line + " (Arb)",
      [&](std::ptrdiff_t j) {
        return j < 0 ? defined.loss : defined.gradient[static_cast<std::size_t>(j)];
      },
      to_the_digit);
  check_first_method<Interval<56>>(pinned, line + " (56 digits)", to_the_digit);
  check_first_method<Ball>(pinned, line + " (ball)",
                           [](const Ball& value, double special, const std::string& text) {
                             return holds(value, special, text);
                           });
}

/// What the file holds of each kind.
void count(const PinnedRow& row, std::map<std::string, int>& kinds) {
  ++kinds["row"];
  const bool smoothed = row.has("smoothing") && row.has("weight");
  for (const char* form : {"labels", "probs", "csr"}) {
    if (!row.has(form) || (form == std::string("probs") && row.has("csr"))) continue;
    ++kinds[form];
    if (smoothed) ++kinds[form + std::string(" smoothed and weighted")];
  }
  if (row.has("ignore")) ++kinds["ignore"];
  ++kinds[std::string(to_string(row.dtype()))];
}

void check_file() {
  std::ifstream file(XENT_SOURCE_DIR "/tests/reference/pinned_rows.txt");
  std::map<std::string, int> kinds;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const PinnedRow pinned(line);
    check_row(pinned, line);
    count(pinned, kinds);
  }
  for (const auto& [kind, rows] : kinds) fmt::print("{} rows: {}\n", rows, kind);
  EXPECT_EQ(kinds["row"], 520) << "520 rows are pinned";
  for (const char* kind : {"labels", "probs", "csr", "labels smoothed and weighted",
                           "probs smoothed and weighted", "bf16", "f16"})
    EXPECT_GE(kinds[kind], 45) << fmt::format("45 rows or more: {}", kind);
}

TEST(PinnedRows, EachLineOfTheFile) { check_file(); }

}  // namespace
