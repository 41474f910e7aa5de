// SPDX-License-Identifier: MIT
// Draws: rows are of their family; normals, labels and soft targets follow their distributions.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <span>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cases/case.hpp"

namespace {

using namespace xent::cases;

std::vector<double> row(const Case<double>& made, std::ptrdiff_t i) {
  const auto classes = made.recipe.classes;
  return {made.logits.begin() + i * classes, made.logits.begin() + (i + 1) * classes};
}

/// Every row of the family holds what makes it that family.
template <class Holds>
void each_row(std::string_view id, Holds holds) {
  const auto made = make_case<double>(parse_recipe(id));
  for (std::ptrdiff_t i = 0; i < made.recipe.rows; ++i)
    EXPECT_TRUE(holds(row(made, i), made.labels[static_cast<std::size_t>(i)]))
        << fmt::format("row {} of {} is of its family", i, id);
}

TEST(Draws, RowsAreOfTheirFamily) {
  each_row("f64/ties(3)/50x10/labels/none/seed=1",
           [](auto x, auto) { return std::ranges::count(x, std::ranges::max(x)) >= 2; });
  each_row("f64/all_equal(3)/50x10/labels/none/seed=1",
           [](auto x, auto) { return std::ranges::count(x, x[0]) == 10; });
  each_row("f64/offset(40)/50x10/labels/none/seed=1", [](auto x, auto) {
    return std::ranges::all_of(x, [](double v) { return std::abs(std::abs(v) - 0x1p40) <= 6; }) &&
           std::set<double>(x.begin(), x.end()).size() == 10 && x[0] * x[9] > 0;
  });
  each_row("f64/dyadic(16)/50x10/labels/none/seed=1", [](auto x, auto) {
    return std::ranges::all_of(x, [](double v) { return v * 16 == std::floor(v * 16); });
  });
  each_row("f64/deep_gap(700)/50x10/labels/none/seed=1", [](auto x, auto) {
    std::ranges::sort(x);
    return x[9] - x[8] > 0 && x[9] - x[0] <= 700;
  });
  for (const std::string_view id : {"f64/deep_tail(0)/50x10/labels/none/seed=1",
                                    "f64/deep_tail(40)/50x1000/labels/none/seed=1"})
    each_row(id, [](auto x, auto) {
      std::ranges::sort(x);
      return std::exp(x.end()[-2] - x.back()) < std::numeric_limits<double>::min();
    });
  each_row("f64/confident(40)/50x10/labels/none/seed=1", [](auto x, auto) {
    std::ranges::sort(x);
    return x[9] - x[8] > 28;
  });
  each_row("f64/heavy_tail(1024)/50x10/labels/none/seed=1", [](auto x, auto) {
    return std::ranges::any_of(x, [](double v) { return std::abs(v) >= 512; });
  });
}

/// Every exponential but one is below the normal numbers of the arithmetic, as the logits are
/// rounded; in a third of the rows at least their sum is not; and some rows share one logit.
template <class T>
void tails_are_deep(double smallest_normal) {
  const std::string id =
      fmt::format("{}/deep_tail(40)/200x1000/labels/none/seed=1", to_string(xent::dtype_of<T>));
  const auto made = make_case<T>(parse_recipe(id));
  int normal = 0, shared = 0, at_maximum = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    const auto x = std::span(made.logits).subspan(i * 1000, 1000);
    const auto top = std::ranges::max_element(x, {}, [](T v) { return static_cast<double>(v); });
    long double sum = 0;
    std::set<double> others;
    for (auto one = x.begin(); one != x.end(); ++one) {
      if (one == top) continue;
      const auto gap = static_cast<double>(*top) - static_cast<double>(*one);
      const long double term = std::exp(-static_cast<long double>(gap));
      EXPECT_LT(term, smallest_normal) << fmt::format("row {} of {}: a gap of {}", i, id, gap);
      sum += term;
      others.insert(gap);
    }
    normal += sum >= smallest_normal ? 1 : 0;
    shared += others.size() == 1 ? 1 : 0;
    at_maximum += top - x.begin() == made.labels[i] ? 1 : 0;
  }
  EXPECT_TRUE(normal > 66 && normal < 150)
      << fmt::format("{}: {} of 200 losses are normal", id, normal);
  EXPECT_GT(shared, 25) << fmt::format("{}: {} of 200 rows share one logit", id, shared);
  EXPECT_TRUE(at_maximum > 130 && at_maximum < 190)
      << fmt::format("{} labels are the argmax", at_maximum);
}

/// The largest scale at which differences, and shifts by up to it, are exact.
template <class T>
void dyadic_differences_are_exact(double scale) {
  const std::string id =
      fmt::format("{}/dyadic({})/50x10/labels/none/seed=1", to_string(xent::dtype_of<T>), scale);
  const auto made = make_case<T>(parse_recipe(id));
  const auto is_exact = [](double x) { return static_cast<double>(static_cast<T>(x)) == x; };
  for (std::size_t j = 0; j < made.logits.size(); ++j) {
    const auto x = static_cast<double>(made.logits[j]);
    const auto y = static_cast<double>(made.logits[j - j % 10]);
    EXPECT_TRUE(is_exact(x - y) && is_exact(x + scale) && is_exact(x - scale))
        << fmt::format("{}: {} and {} are apart exactly", id, x, y);
  }
}

/// Labels are the argmax in about 1/4 + 7/8 / C of the rows, and the argmin in about 1/8 + 5/8 / C.
TEST(Draws, LabelsFavourExtremes) {
  const auto made = make_case<double>(parse_recipe("f64/normal(1)/2000x100/labels/none/seed=1"));
  int largest = 0, smallest = 0;
  for (std::ptrdiff_t i = 0; i < 2000; ++i) {
    const auto x = row(made, i);
    const double x_y = x[static_cast<std::size_t>(made.labels[static_cast<std::size_t>(i)])];
    largest += x_y == std::ranges::max(x) ? 1 : 0;
    smallest += x_y == std::ranges::min(x) ? 1 : 0;
  }
  EXPECT_TRUE(largest > 430 && largest < 600)
      << fmt::format("{} labels of 2000 are the argmax", largest);
  EXPECT_TRUE(smallest > 190 && smallest < 340) << fmt::format("{} are the argmin", smallest);
}

TEST(Draws, NormalsAreNormal) {
  const auto made = make_case<double>(parse_recipe("f64/normal(1)/100x1000/labels/none/seed=1"));
  double sum = 0, squares = 0;
  for (const double x : made.logits) {
    sum += x;
    squares += x * x;
  }
  EXPECT_LT(std::abs(sum / 1e5), 0.02) << "the mean is 0";
  EXPECT_LT(std::abs(squares / 1e5 - 1), 0.02) << "the variance is 1";
}

/// Over all of its rows, soft targets hold exact zeros, one-hot rows, and sums other than 1.
TEST(Draws, SoftTargetsVary) {
  const auto made = make_case<double>(parse_recipe("f64/masked(3)/64x10/probs/none/seed=1"));
  int one_hot = 0, zero_at_masked = 0, weight_at_masked = 0, other_sum = 0;
  for (std::size_t i = 0; i < 64; ++i) {
    const auto row = std::span(made.probs).subspan(i * 10, 10);
    one_hot += std::ranges::count(row, 1.0) == 1 && std::ranges::count(row, 0.0) == 9 ? 1 : 0;
    double sum = 0;
    for (std::size_t j = 0; j < 10; ++j) {
      sum += row[j];
      if (std::isinf(made.logits[i * 10 + j])) ++(row[j] == 0 ? zero_at_masked : weight_at_masked);
    }
    other_sum += sum != 1 ? 1 : 0;
  }
  EXPECT_TRUE(one_hot > 0 && one_hot < 32) << "some rows of soft targets are one-hot";
  EXPECT_TRUE(zero_at_masked > weight_at_masked && weight_at_masked > 0)
      << "masked weights are mostly 0";
  EXPECT_GT(other_sum, 32) << "most rows do not sum to 1 exactly";
}

TEST(Draws, DyadicDifferencesAreExact) {
  dyadic_differences_are_exact<float>(0x1p19);
  dyadic_differences_are_exact<double>(0x1p45);  // as many steps as are drawn
  dyadic_differences_are_exact<xent::bf16>(32);
  dyadic_differences_are_exact<xent::f16>(64);
}

TEST(Draws, TailsAreDeep) {
  tails_are_deep<float>(0x1p-126);
  tails_are_deep<double>(0x1p-1022);
  tails_are_deep<xent::bf16>(0x1p-126);
  tails_are_deep<xent::f16>(0x1p-126);
}

}  // namespace
