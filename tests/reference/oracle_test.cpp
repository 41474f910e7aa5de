// SPDX-License-Identifier: MIT
// The oracle: closed forms, and a second formula at a far higher precision.
#include "reference/oracle.hpp"

#include <cmath>
#include <map>
#include <random>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "reference/numbers/ladder.hpp"
#include "tests/reference/one_row.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::OneRow;

using tests::EnclosedRow;
using Coarse = Interval<28>;

template <unsigned A, unsigned B>
bool overlap(const Interval<A>& a, const Interval<B>& b) {
  return mpfr_lessequal_p(lower(a), upper(b)) != 0 && mpfr_lessequal_p(lower(b), upper(a)) != 0;
}

/// Whether the ends are closer than a relative 2^-60, or the interval is a point.
template <unsigned Digits>
bool narrow(const Interval<Digits>& x) {
  const Interval<Digits> width = Interval<Digits>(upper_double(x)) * 0x1p-60;
  Interval<Digits> diameter;
  mpfi_diam_abs(&raw(diameter)->right, raw(x));
  return mpfr_cmpabs(upper(diameter), upper(width)) <= 0;
}

template <unsigned Digits>
bool is_point(const Interval<Digits>& x, double at) {
  return mpfr_cmp_d(lower(x), at) == 0 && mpfr_cmp_d(upper(x), at) == 0;
}

template <class T>
std::string text(const OneRow<T>& row) {
  return fmt::format("x = {}, y = {}, q = {}", row.logits, row.label, row.probs);
}

TEST(Oracle, ClosedForms) {
  const OneRow<float> single{.logits = {-3.5F}};
  const EnclosedRow<Coarse> alone(single.problem(), 0);
  EXPECT_TRUE(is_point(alone.loss().value, 0)) << "one class: the loss is 0";
  EXPECT_TRUE(is_point(alone.gradient(0).value, 0)) << "one class: the gradient is 0";

  const float masked = -std::numeric_limits<float>::infinity();
  const OneRow<float> kept{.logits = {masked, 2, masked}, .label = 1};
  const EnclosedRow<Coarse> one_kept(kept.problem(), 0);
  EXPECT_TRUE(is_point(one_kept.loss().value, 0)) << "one finite logit, the label's: the loss is 0";
  EXPECT_FALSE(one_kept.loss().open) << "an exact 0 is attained";

  const std::map<std::size_t, const char*> logarithms = {
      {2, "0.693147180559945309417232121458176568075500"},
      {3, "1.098612288668109691395245236922525704647490"},
      {10, "2.302585092994045684017991454684364207601101"},
      {1000, "6.907755278982137052053974364053092622803304"}};
  for (const auto& [ties, digits] : logarithms) {
    const OneRow<double> row{.logits = std::vector<double>(ties, 1e15)};
    Interval<112> known;
    mpfi_set_str(raw(known), digits, 10);
    mpfi_increase(raw(known), upper(Interval<112>(1e-40)));
    const EnclosedRow<Interval<56>> tied(row.problem(), 0);
    EXPECT_NE(mpfi_is_inside(raw(tied.loss().value), raw(known)), 0)
        << fmt::format("{} equal logits: log {} to 40 digits", ties, ties);
  }
  const OneRow<float> four{.logits = {7, 7, 7, 7}, .label = 2};
  const EnclosedRow<Coarse> quarters(four.problem(), 0);
  EXPECT_TRUE(is_point(quarters.gradient(0).value, 0.25)) << "four equal logits: 1/4 exactly";
  EXPECT_TRUE(is_point(quarters.gradient(2).value, -0.75)) << "four equal logits: -3/4 exactly";
}

/// loss = sum_j q_j (log sum_k exp(x_k) - x_j), g_j = Q exp(x_j) / sum_k exp(x_k) - q_j.
template <class T>
void check_second_formula(const OneRow<T>& row) {
  const EnclosedRow<Coarse> exact(row.problem(), 0);
  Finest sum, total, loss, e;
  const auto x_of = [&](std::size_t j) { return static_cast<double>(row.logits[j]); };
  const auto q_of = [&](std::size_t j) {
    if (row.probs.empty()) return static_cast<std::int64_t>(j) == row.label ? 1.0 : 0.0;
    return static_cast<double>(row.probs[j]);
  };
  for (std::size_t j = 0; j < row.logits.size(); ++j) {
    mpfi_exp(raw(e), raw(Finest(x_of(j))));
    sum += e;
    total += q_of(j);
  }
  const Finest lse = log(sum);
  for (std::size_t j = 0; j < row.logits.size(); ++j)
    if (q_of(j) != 0) loss += (lse - x_of(j)) * q_of(j);
  EXPECT_TRUE(narrow(exact.loss().value)) << "a narrow enclosure of the loss of " + text(row);
  EXPECT_TRUE(overlap(exact.loss().value, loss)) << "the second formula's loss of " + text(row);
  Coarse gradient_sum;
  for (std::size_t j = 0; j < row.logits.size(); ++j) {
    const auto g = exact.gradient(static_cast<std::ptrdiff_t>(j));
    mpfi_exp(raw(e), raw(Finest(x_of(j))));
    EXPECT_TRUE(overlap(g.value, Finest(e / sum * total - q_of(j))))
        << fmt::format("the second formula's gradient of class {} of {}", j, text(row));
    gradient_sum += g.value;
  }
  EXPECT_NE(mpfi_has_zero(raw(gradient_sum)), 0) << "a gradient that sums to 0 of " + text(row);
}

template <class T>
void check_rows(double gap) {
  const std::vector<std::vector<double>> hard = {
      {0x1p24, -1},    {-1, 0x1p24},        {gap, 0, 1},
      {0, gap, gap},   {0x1p50, 0x1p49, 0}, {0x1p-140, 0, -gap},
      {1, 1, 1, -gap}, {1, 1 + 0x1p-23, 1}, {1e6, 1e6 + 1, 1e6 - 1}};
  std::mt19937_64 random(11);
  const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
  for (std::size_t k = 0; k < hard.size() + 60; ++k) {
    OneRow<T> row;
    if (k < hard.size())
      row.logits.assign(hard[k].begin(), hard[k].end());
    else
      for (std::size_t j = 0; j < 2 + k % 9; ++j)
        row.logits.push_back(
            static_cast<T>(std::ldexp(2 * uniform() - 1, static_cast<int>(k % 8))));
    for (row.label = 0; row.label < row.classes(); ++row.label) check_second_formula(row);
    for (std::size_t j = 0; j < row.logits.size(); ++j)
      row.probs.push_back(static_cast<T>(j % 3 == 1 ? 0 : uniform()));
    check_second_formula(row);
  }
}

TEST(Oracle, RowsOfF32) { check_rows<float>(87); }
TEST(Oracle, RowsOfF64) { check_rows<double>(740); }

}  // namespace
