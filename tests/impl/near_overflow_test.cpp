// SPDX-License-Identifier: MIT
// Logits, weights and sums of f64 whose intermediate results are beyond the largest double: where
// the result is within, it is given, and else infinite.

#include <limits>

#include <gtest/gtest.h>

#include "tests/impl/judged_rows.hpp"

namespace {

using namespace xent;
using tests::JudgedRows;
using tests::Rows;

constexpr double largest = std::numeric_limits<double>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Rows whose differences overflow, or nearly.
const std::vector<std::vector<double>> far_apart = {{1e308, -1e308, 0, 1},
                                                    {largest, -largest, 0, 1},
                                                    {-largest, largest, 1e300, -1e300},
                                                    {largest, 1.3e307, 0, -1},
                                                    {-largest, -1e292, -1e300, -1},
                                                    {largest, largest, -1e308, -1e308},
                                                    {1.5e308, 0, 0, 0},
                                                    {0, 1e300, 0, 0},
                                                    {-largest, -largest, -largest, -largest},
                                                    {0, 1, -infinity, -1.5e308},
                                                    {5e-324, -5e-324, 1e-310, 0},
                                                    {1e16, -1e308, 3, 4}};

TEST(NearOverflow, Labels) {
  for (const std::int64_t label : {0, 1, 3})
    for (const double w : {1.0, 1e16, -0x1p64, 0x1p-64})
      for (const Reduction reduction : all_reductions) {
        Rows rows{.logits = far_apart, .reduction = reduction};
        rows.labels.assign(far_apart.size(), label);
        rows.weight = {w, w, 1, w};
        JudgedRows<double>(rows).check(fmt::format("label {}, weight {}", label, w));
        rows.smoothing = 0.1;
        JudgedRows<double>(rows).check(fmt::format("label {}, weight {}, smoothed", label, w));
      }
}

TEST(NearOverflow, Probs) {
  const std::vector<std::vector<double>> all = {
      {0.5, 0.1, 0.2, 0}, {1e-300, 1e-10, 0, 0}, {0x1p64, 1, 1, 0x1p-64}, {0, 0.0625, 0, 5e-324}};
  for (const auto& q : all)
    for (const Reduction reduction : all_reductions) {
      const Rows rows{.logits = far_apart,
                      .probs = std::vector<std::vector<double>>(far_apart.size(), q),
                      .reduction = reduction};
      JudgedRows<double>(rows).check(fmt::format("probabilities {}, …", q[0]));
    }
}

TEST(NearOverflow, Named) {
  const auto loss_is = [](const char* what, const Rows& rows, double loss) {
    JudgedRows<double>(rows).check(what, [&](const std::string& who, const auto& got) {
      EXPECT_EQ(got.loss[0], loss) << fmt::format("{}: {}", who, got.loss[0]);
    });
  };
  loss_is("1e300 times 1e16", {.logits = {{0, 1e300}}, .labels = {0}, .weight = {1e16, 1}},
          infinity);
  loss_is("a tenth of 2e308", {.logits = {{1e308, -1e308}}, .probs = {{0.5, 0.125}}}, 2.5e307);
  loss_is("a mean of sums that overflow",
          {.logits = {{1.5e308, 0}, {0, 1.5e308}, {1.5e308, 0}},
           .labels = {1, 1, 1},
           .reduction = Reduction::mean},
          1e308);
  loss_is("a sum that comes back",
          {.logits = {{1.5e308, 0, 0}, {1.5e308, 0, 0}, {1.5e308, 0, 0}},
           .labels = {1, 1, 2},
           .weight = {1, 1, -1.5},
           .reduction = Reduction::sum},
          0.75e308);
}

/// As many rows as make several groups, a few of them beyond the range.
TEST(NearOverflow, ManyRows) {
  Rows rows{.reduction = Reduction::mean};
  for (int i = 0; i < 200; ++i) {
    rows.logits.push_back({i % 50 == 7 ? largest : 1.0 * i, 0, i % 60 == 9 ? -largest : 1.0});
    rows.labels.push_back(i % 3);
  }
  JudgedRows<double>(rows).check("200 rows");
}

}  // namespace
