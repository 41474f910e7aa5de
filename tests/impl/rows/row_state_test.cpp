// SPDX-License-Identifier: MIT
// The mergeable state of a row (impl/rows/row_state.hpp): identity, commutativity and associativity
// up to the bound, the parts of a row against the whole, and the states that have no maximum.

#include "impl/rows/row_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <xent/element.hpp>

#include "impl/rows/row_loss.hpp"
#include "impl/rows/scaled_term.hpp"

namespace xent::impl {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The state of one element in a unit near it, of four kinds.
RowState element(double x, int choice) {
  TermUnit unit;
  if (std::isfinite(x)) {
    if (choice == 0) unit.origin = x;
    if (choice == 1) unit.exponent = static_cast<int>(std::nearbyint(x * 1.44));
    if (choice == 2) unit = {.origin = x - 20, .exponent = 28};
    if (choice == 3 && std::fabs(x) > 100) unit.origin = x + 3;
  }
  return {.m = x, .unit = unit};
}

/// log R of a state, in a precision where the units do not matter.
template <class T>
double log_tail(const RowState& state) {
  const WholeRow row = with_top<T>(state);
  return std::log(row.tail.hi / row.top.hi) + row.tail.lo / row.tail.hi - row.top.lo / row.top.hi;
}

/// Returns true where the numbers whose logarithms, rounded to double, are a and b differ by at
/// most `bound`, relatively.
bool is_near(double a, double b, double bound) {
  return std::fabs(a - b) <= bound + 0x1p-51 * std::fabs(a);
}

/// Returns true where two states of the same elements have the same maximum, and their R differ by
/// at most `bound`, relatively.
template <class T>
bool agree(const RowState& a, const RowState& b, double bound) {
  if (a.m != b.m || a.is_number() != b.is_number()) return false;
  if (!a.is_number()) return true;
  const bool empty = a.tail.hi == 0 || b.tail.hi == 0;
  if (empty) return a.tail.hi == b.tail.hi;
  return is_near(log_tail<T>(a), log_tail<T>(b), bound);
}

/// Up to 40 logits within 300 of each other about a centre, of f32, so that each distance is exact
/// in double; some are -inf.
std::vector<double> draw_logits() {
  const auto size = *rc::gen::inRange<std::size_t>(1, 40);
  const double centre = *rc::gen::element(0.0, 100.0, -170.0, 5000.0, -30000.0);
  const auto distances = *rc::gen::container<std::vector<int>>(size, rc::gen::inRange(-9600, 9600));
  std::vector<double> x;
  x.reserve(size);
  for (const int d : distances) x.push_back(d % 13 == 0 ? -infinity : centre + d / 64.0);
  return x;
}

template <class T>
RowState state_of(const std::vector<double>& x, std::size_t begin, std::size_t end) {
  RowState row;
  for (std::size_t j = begin; j < end; ++j) {
    const int choice = *rc::gen::inRange(0, 4);
    row = merged<T>(row, element(x[j], choice));
  }
  return row;
}

/// The relative error of n merges of states that change their origin each time.
template <class T>
double bound_of(std::size_t merges) {
  return static_cast<double>(merges) * (sizeof(T) == 8 ? 0x1p-51 : 0x1p-48);  // log_tail in double
}

template <class T>
void no_elements_are_the_identity() {
  const std::vector<double> x = draw_logits();
  const RowState row = state_of<T>(x, 0, x.size());
  for (const RowState& same : {merged<T>(RowState{}, row), merged<T>(row, RowState{})})
    RC_ASSERT(same.m == row.m && same.tail.hi == row.tail.hi && same.tail.lo == row.tail.lo);
}

template <class T>
void the_order_does_not_matter() {
  const std::vector<double> x = draw_logits();
  const auto split = *rc::gen::inRange<std::size_t>(0, x.size() + 1);
  const RowState a = state_of<T>(x, 0, split);
  const RowState b = state_of<T>(x, split, x.size());
  RC_ASSERT(agree<T>(merged<T>(a, b), merged<T>(b, a), bound_of<T>(2)));
}

template <class T>
void the_grouping_does_not_matter() {
  const std::vector<double> x = draw_logits();
  const auto first = *rc::gen::inRange<std::size_t>(0, x.size() + 1);
  const auto second = *rc::gen::inRange<std::size_t>(first, x.size() + 1);
  const RowState a = state_of<T>(x, 0, first);
  const RowState b = state_of<T>(x, first, second);
  const RowState c = state_of<T>(x, second, x.size());
  RC_ASSERT(agree<T>(merged<T>(merged<T>(a, b), c), merged<T>(a, merged<T>(b, c)), bound_of<T>(4)));
}

/// R against its definition in long double.
template <class T>
void parts_make_the_row() {
  const std::vector<double> x = draw_logits();
  const RowState row = state_of<T>(x, 0, x.size());
  const double m = *std::max_element(x.begin(), x.end());
  RC_ASSERT(row.m == m);
  if (m == -infinity) return;
  const auto argmax = std::max_element(x.begin(), x.end()) - x.begin();
  long double r = 0;
  for (std::size_t j = 0; j < x.size(); ++j)
    if (static_cast<std::ptrdiff_t>(j) != argmax)
      r += std::exp(static_cast<long double>(x[j]) - static_cast<long double>(m));
  if (r == 0) {
    RC_ASSERT(row.tail.hi == 0.0);
  } else {
    RC_ASSERT(is_near(log_tail<T>(row), static_cast<double>(std::log(r)), bound_of<T>(x.size())));
  }
}

/// No elements or only -inf, and -inf beside others.
template <class T>
void a_state_without_a_maximum_adds_nothing() {
  const RowState none;
  const RowState masked = element(-infinity, 0);
  const RowState number = element(1.5, 1);
  EXPECT_FALSE(merged<T>(none, none).is_number()) << "no elements have no loss";
  EXPECT_FALSE(merged<T>(masked, masked).is_number()) << "nor has a row of -inf";
  for (const RowState& other : {none, masked}) {
    const RowState both = merged<T>(other, number);
    EXPECT_TRUE(both.is_number() && both.m == 1.5 && both.tail.hi == 0) << "-inf adds nothing";
    EXPECT_EQ(merged<T>(number, other).tail.hi, 0) << "nor after a number";
  }
}

/// NaN and +inf stay, whatever is merged before or after.
template <class T>
void what_is_no_number_stays() {
  RowState nan = element(1, 0);
  nan.tail = exactly(std::nan(""));
  const RowState infinite = element(infinity, 0);
  for (const RowState& other : {RowState{}, element(-infinity, 0), element(7, 1), nan, infinite})
    for (const RowState& bad : {nan, infinite}) {
      EXPECT_FALSE(merged<T>(bad, other).is_number()) << "no number, then another state";
      EXPECT_FALSE(merged<T>(other, bad).is_number()) << "a state, then no number";
    }
}

RC_GTEST_PROP(RowState, NoElementsAreTheIdentityInF32, ()) {
  no_elements_are_the_identity<float>();
}
RC_GTEST_PROP(RowState, NoElementsAreTheIdentityInF64, ()) {
  no_elements_are_the_identity<double>();
}
RC_GTEST_PROP(RowState, TheOrderDoesNotMatterInF32, ()) { the_order_does_not_matter<float>(); }
RC_GTEST_PROP(RowState, TheOrderDoesNotMatterInF64, ()) { the_order_does_not_matter<double>(); }
RC_GTEST_PROP(RowState, TheGroupingDoesNotMatterInF32, ()) {
  the_grouping_does_not_matter<float>();
}
RC_GTEST_PROP(RowState, TheGroupingDoesNotMatterInF64, ()) {
  the_grouping_does_not_matter<double>();
}
RC_GTEST_PROP(RowState, PartsMakeTheRowInF32, ()) { parts_make_the_row<float>(); }
RC_GTEST_PROP(RowState, PartsMakeTheRowInF64, ()) { parts_make_the_row<double>(); }

TEST(RowState, WithoutAMaximumAddsNothing) {
  a_state_without_a_maximum_adds_nothing<float>();
  a_state_without_a_maximum_adds_nothing<double>();
}

TEST(RowState, WhatIsNoNumberStays) {
  what_is_no_number_stays<float>();
  what_is_no_number_stays<double>();
}

}  // namespace
}  // namespace xent::impl
