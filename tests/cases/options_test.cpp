// SPDX-License-Identifier: MIT
// Options: csr rows, weights and ignored rows are what the description of make_case says, and
// change nothing else.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cases/case.hpp"
#include "tests/cases/family_recipe.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent::cases;

template <class T>
std::vector<T> row_of(const Case<T>& made, std::ptrdiff_t i) {
  const auto classes = made.recipe.classes;
  return {made.logits.begin() + i * classes, made.logits.begin() + (i + 1) * classes};
}

/// Options change the logits and the labels of rows that are ignored, and no others.
template <class T>
void options_change_ignored_rows_only(const Case<T>& plain, const std::string& name) {
  Recipe r = plain.recipe;
  r.weighted = r.row_weighted = r.ignoring = true;
  r.smoothing = 0.1;
  r.z_loss = 0.25;
  r.temperature = 0.7;
  r.softcap = 30;
  const Case<T> made = make_case<T>(r);
  EXPECT_TRUE(std::ssize(made.weight) == r.classes && plain.weight.empty())
      << name + ": one w per class";
  EXPECT_TRUE(std::ssize(made.row_weight) == r.rows && plain.row_weight.empty())
      << name + ": one v per row";
  EXPECT_TRUE(made.ignore_index.has_value() && !plain.ignore_index)
      << name + ": a label is ignored";
  std::size_t ignored = 0;
  for (std::size_t i = 0; i < made.labels.size(); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    if (made.labels[i] == made.ignore_index)
      ++ignored;
    else
      EXPECT_TRUE(made.labels[i] == plain.labels[i] && row_of(made, at) == row_of(plain, at))
          << name + ": rows that are not ignored stay";
  }
  EXPECT_TRUE(0 < ignored && ignored < made.labels.size()) << name + ": some rows are ignored";
  const auto problem = made.problem();
  EXPECT_TRUE(problem.options.label_smoothing == 0.1 &&
              problem.options.ignore_index == made.ignore_index && problem.options.z_loss == 0.25 &&
              problem.weight.data == made.weight.data() &&
              problem.row_weight.data == made.row_weight.data())
      << name + ": the problem has the options";
}

/// Of many cases, an eighth has negative weights; weights are 0, 1, around 1, and of other sizes
/// between 1 / largest and that.
template <class T>
void weights_vary(double largest) {
  int negative = 0;
  std::ptrdiff_t zeros = 0, ones = 0, around = 0, wide = 0, count = 0;
  for (int seed = 0; seed < 200; ++seed) {
    const auto made = make_case<T>(parse_recipe(fmt::format(
        "{}/normal(1)/1x50/labels+weight/none/seed={}", to_string(xent::dtype_of<T>), seed)));
    negative += std::ranges::any_of(made.weight, [](double w) { return w < 0; }) ? 1 : 0;
    for (const double w : made.weight) {
      const double size = std::abs(w);
      ++count;
      zeros += size == 0 ? 1 : 0;
      ones += size == 1 ? 1 : 0;
      around += size >= 0.5 && size <= 1.5 ? 1 : 0;
      wide += size != 0 && (size < 0x1p-10 || size > 0x1p10) ? 1 : 0;
      EXPECT_TRUE(size == 0 || (size >= 1 / largest && size <= largest))
          << fmt::format("weight {}", w);
    }
  }
  EXPECT_TRUE(negative > 10 && negative < 45)
      << fmt::format("{} cases of 200 are signed", negative);
  for (const std::ptrdiff_t eighth : {zeros, ones})
    EXPECT_TRUE(eighth > count / 10 && eighth < count / 6)
        << fmt::format("{} of {}", eighth, count);
  EXPECT_TRUE(around > count / 2 && wide > count / 40)
      << fmt::format("{} around 1, {} not", around, wide);
}

/// Of a heavy family three weights in four are between 1 and the largest, spread over its
/// exponents.
template <class T>
void heavy_weights_are_large(double largest) {
  std::ptrdiff_t above = 0, half = 0, count = 0;
  for (int seed = 0; seed < 200; ++seed) {
    const auto made = make_case<T>(parse_recipe(fmt::format(
        "{}/deep_tail(40)/1x50/labels+weight/none/seed={}", to_string(xent::dtype_of<T>), seed)));
    for (const double w : made.weight) {
      const double size = std::abs(w);
      ++count;
      above += size > 1 ? 1 : 0;
      half += size * size > largest ? 1 : 0;
      EXPECT_TRUE(size == 0 || (size >= 1 && size <= largest)) << fmt::format("weight {}", w);
    }
  }
  EXPECT_TRUE(above > count * 7 / 10 && above < count * 4 / 5)
      << fmt::format("{} of {}", above, count);
  EXPECT_TRUE(half > above * 2 / 5 && half < above * 3 / 5) << fmt::format("{} of {}", half, above);
}

/// Of many cases, half ignore -100, some C, some a class; of the ignored rows half hold NaN or
/// +inf.
TEST(Options, IgnoredRowsVary) {
  int minus_100 = 0, beyond = 0, a_class = 0;
  int ignored = 0, special = 0;
  for (int seed = 0; seed < 200; ++seed) {
    const auto made = make_case<double>(
        parse_recipe(fmt::format("f64/normal(1)/8x10/labels+ignore/none/seed={}", seed)));
    const std::int64_t index = made.ignore_index.value_or(0);
    ++(index == -100 ? minus_100 : index == 10 ? beyond : a_class);
    EXPECT_TRUE(index == -100 || (0 <= index && index <= 10))
        << fmt::format("{} is ignored", index);
    for (std::ptrdiff_t i = 0; i < 8; ++i) {
      const bool holds_special =
          std::ranges::any_of(row_of(made, i), [](double x) { return !std::isfinite(x); });
      const bool is_ignored = made.labels[static_cast<std::size_t>(i)] == index;
      EXPECT_TRUE(is_ignored || !holds_special) << "rows that are not ignored are of their family";
      ignored += is_ignored ? 1 : 0;
      special += holds_special ? 1 : 0;
    }
  }
  EXPECT_TRUE(minus_100 > 70 && beyond > 10 && a_class > 45)
      << fmt::format("{} ignore -100, {} C, {} a class", minus_100, beyond, a_class);
  EXPECT_TRUE(ignored > 450 && ignored < 750)
      << fmt::format("{} rows of 1600 are ignored", ignored);
  EXPECT_TRUE(special > ignored / 3 && special < 2 * ignored / 3)
      << fmt::format("{} special", special);
}

template <class T>
void each_family() {
  for (const Family& family : families()) {
    if (family.special) continue;  // NaN is not equal to itself
    const auto plain = make_case<T>(xent::tests::recipe_of(family, xent::dtype_of<T>, 40, 10));
    const std::string name = to_string(plain.recipe);
    options_change_ignored_rows_only(plain, name);
  }
}

template <class T>
class OptionsOf : public testing::Test {};
TYPED_TEST_SUITE(OptionsOf, xent::tests::ElementTypes);

TYPED_TEST(OptionsOf, EachFamily) { each_family<TypeParam>(); }

TEST(Options, WeightsVary) {
  weights_vary<double>(0x1p40);
  weights_vary<xent::bf16>(0x1p40);
  weights_vary<xent::f16>(0x1p14);
}

TEST(Options, HeavyWeightsAreLarge) {
  heavy_weights_are_large<float>(0x1p64);
  heavy_weights_are_large<double>(0x1p64);
  heavy_weights_are_large<xent::f16>(0x1p15);
}

}  // namespace
