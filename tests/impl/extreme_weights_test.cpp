// SPDX-License-Identifier: MIT
// Weights of every size beside maxima of every size: the factors above 2^32, for which rows leave
// the lanes of f32, and infinite ones, with results that are tiny.

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/impl/judged_rows.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using tests::JudgedRows;
using tests::Rows;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Rows of `classes` logits: maxima on both sides of every border of the units, the rest below.
Rows rows_about_borders(std::ptrdiff_t classes) {
  Rows rows;
  for (const double m :
       {-1e30, -1781.0, -900.0, -889.0, -700.0, -600.0, -532.5, -531.0, -184.0, 0.0,
        331.0, 355.0,   708.0,  720.0,  800.0,  887.0,  900.0,  1779.0, 1800.0, 1e30}) {
    std::vector<double> row;
    for (std::ptrdiff_t j = 0; j < classes; ++j)
      row.push_back(m - 20 * static_cast<double>(j) / static_cast<double>(classes - 1));
    rows.logits.push_back(row);
    rows.labels.push_back(std::ssize(rows.labels) % 2 * (classes - 1));
  }
  return rows;
}

template <class T>
void large_weights() {
  const double largest = format_of(dtype_of<T>).largest;
  for (const std::ptrdiff_t classes : {2, 70, 200, 500, 5000})
    for (const double w : {0.5, 0x1p32, 0x1p33, 1e10, 1e18})
      for (const Reduction reduction : all_reductions) {
        if (w > largest || (classes == 5000 && (w != 1e10 || reduction == Reduction::sum)))
          continue;
        Rows rows = rows_about_borders(classes);
        for (auto& row : rows.logits)
          for (double& x : row) x = std::clamp(x, -largest, largest);
        rows.weight.assign(static_cast<std::size_t>(classes), w);
        rows.reduction = reduction;
        JudgedRows<T>(rows).check(fmt::format("{} classes, weight {}", classes, w));
      }
}

/// Of w = 1 the loss and some components underflow; times infinity they are infinite.
template <class T>
void infinite_weights() {
  for (const double d : {10.0, 60.0, 140.0, 700.0, 6e4})
    for (const double w : {infinity, -infinity}) {
      const Rows rows{
          .logits = {{d, 0, 0}, {0, d, 0}, {d, -infinity, -infinity}, {d, 0, -infinity}},
          .labels = {0, 0, 0, 2},
          .weight = {w, 1, w}};
      JudgedRows<T>(rows).check(fmt::format("distance {}, weight {}", d, w),
                                [&](const std::string& who, const tests::RowResults<T>& got) {
                                  EXPECT_TRUE(static_cast<double>(got.loss[0]) == w &&
                                              static_cast<double>(got.grad[0]) == -w)
                                      << who + ": the loss and the label's component are infinite";
                                  EXPECT_TRUE(std::isnan(got.loss[2]))
                                      << who + ": 0 times infinity is NaN";
                                  EXPECT_LT(std::abs(static_cast<double>(got.lse[0]) - d), 1e-2 * d)
                                      << who + ": log-sum-exp";
                                });
    }
}

/// The gradient over the logits, which tell of its signs.
template <class T>
void infinite_weight_in_place() {
  const JudgedRows<T> rows({.logits = {{140, 0}}, .labels = {0}, .weight = {infinity, 1}});
  for (const Implementation* one : implementations()) {
    if (!rows.lies_in(one->contract<T>().domain)) continue;
    tests::RowResults<T> got = rows.results();
    got.grad = {static_cast<T>(140.0F), static_cast<T>(0.0F)};
    Problem<T> problem = rows.problem();
    problem.logits = row_major<const T>(got.grad.data(), 1, 2);
    one->contract<T>().kernel(problem, got.outputs());
    EXPECT_TRUE(static_cast<double>(got.grad[0]) == -infinity &&
                static_cast<double>(got.grad[1]) == infinity &&
                static_cast<double>(got.lse[0]) == 140)
        << fmt::format("{} {}: in place", one->name, to_string(dtype_of<T>));
  }
}

template <class T>
void all() {
  large_weights<T>();
  infinite_weights<T>();
  infinite_weight_in_place<T>();
}

template <class T>
class ExtremeWeights : public testing::Test {};
TYPED_TEST_SUITE(ExtremeWeights, xent::tests::ElementTypes);

TYPED_TEST(ExtremeWeights, BesideExtremeMaxima) { all<TypeParam>(); }

}  // namespace
