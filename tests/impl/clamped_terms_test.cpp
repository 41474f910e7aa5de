// SPDX-License-Identifier: MIT
// Rows whose other classes lie 700 and more below the maximum, so that lanes clamp their terms to
// the least power, times factors that make the sum of those terms a normal number again: a
// coefficient of 2^128, or a mean over weights that nearly cancel. Losses and gradients against the
// definition in long double, on every instruction set; a sum of nothing is exactly 0.
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"

namespace {

using namespace xent;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double gaps[] = {700, 750, 790, 800, 813, 820, 833, 840, 900, 2000, infinity};
constexpr std::ptrdiff_t sizes[] = {1, 2, 3, 17, 1000, 20000};

/// Within 2 units in the last place, or of the smallest number times `divided`.
void expect_near(double got, long double want, const std::string& what, double divided = 1) {
  const long double bound =
      std::fabs(want) * 0x1p-51L + 2 * divided * std::numeric_limits<double>::denorm_min();
  EXPECT_TRUE(want == 0 ? got == 0 : std::fabs(got - want) <= bound)
      << fmt::format("{}: {:a} instead of {:a}", what, got, static_cast<double>(want));
}

/// One row of n classes, of which the last is the maximum 0.
std::vector<double> row_below(std::ptrdiff_t n, double gap) {
  std::vector<double> x(static_cast<std::size_t>(n), -gap);
  x.back() = 0;
  return x;
}

long double sum_of_others(std::ptrdiff_t n, double gap) {
  return static_cast<long double>(n - 1) * std::exp(-static_cast<long double>(gap));
}

/// The coefficient c of the maximum is the square of the factor, that of all others 0: the loss is
/// c R, the gradient -c R / (1 + R) there and c e / (1 + R) elsewhere.
void soft_targets(const Implementation& implementation, std::ptrdiff_t n, double gap, double factor,
                  const std::string& what) {
  const std::vector<double> x = row_below(n, gap);
  std::vector<double> q(x.size(), 0.0);
  std::vector<double> w(x.size(), 1.0);
  std::vector<double> g(x.size());
  q.back() = w.back() = factor;
  double loss = -1;
  implementation.f64.kernel({.logits = row_major<const double>(x.data(), 1, n),
                             .targets = Probs<double>{row_major<const double>(q.data(), 1, n)},
                             .options = {.reduction = Reduction::sum},
                             .weight = {w.data(), n}},
                            {.loss = {&loss, 1}, .grad = row_major<double>(g.data(), 1, n)});
  const long double c = static_cast<long double>(factor) * factor;
  const long double tail = sum_of_others(n, gap);
  expect_near(loss, c * std::log1p(tail), what + ", loss");
  expect_near(g.back(), -c * (tail / (1 + tail)), what + ", gradient of the maximum");
  if (n > 1)
    expect_near(g.front(), c * (tail / static_cast<long double>(n - 1) / (1 + tail)),
                what + ", gradient");
}

/// The mean of a row of the gap and of two without other classes, over a sum of weights of 2^-106
/// of the first: 2^106 R.
void cancelling_weights(const Implementation& implementation, std::ptrdiff_t n, double gap,
                        const std::string& what) {
  if (n < 3) return;
  std::vector<double> x = row_below(n, gap);
  std::vector<double> w(x.size(), 1.0);
  const std::int64_t labels[] = {n - 1, 0, 1};
  w[0] = -1 + 0x1p-53;
  w[1] = -0x1p-53 + 0x1p-106;
  for (const std::ptrdiff_t label : {0, 1}) {  // the maximum is the label
    std::vector<double> row(x.size(), -infinity);
    row[static_cast<std::size_t>(label)] = 0;
    x.insert(x.end(), row.begin(), row.end());
  }
  std::vector<double> g(x.size());
  double loss = -1;
  implementation.f64.kernel({.logits = row_major<const double>(x.data(), 3, n),
                             .targets = Labels<std::int64_t>{labels, 3},
                             .options = {.reduction = Reduction::mean},
                             .weight = {w.data(), n}},
                            {.loss = {&loss, 1}, .grad = row_major<double>(g.data(), 3, n)});
  const long double tail = sum_of_others(n, gap);
  expect_near(loss, 0x1p106L * std::log1p(tail), what + ", mean of cancelling weights",
              0x1p106);  // of losses that are numbers of f64
  expect_near(g[static_cast<std::size_t>(n - 1)], -0x1p106L * (tail / (1 + tail)),
              what + ", its gradient of the maximum");
  expect_near(g[static_cast<std::size_t>(n)], 0, what + ", gradient of a label alone in its row");
}

/// Checks an implementation on an instruction set, "" for one that has no lanes.
void check(std::string_view name, const std::string& target) {
  const Implementation implementation =
      properties::on_instruction_set(*find_implementation(name), target);
  for (const std::ptrdiff_t n : sizes)
    for (const double gap : gaps) {
      const std::string what = fmt::format("{} on {}: {} classes, {} below", name, target, n, gap);
      for (const double factor : {0x1p30, 0x1p50, 0x1p64})
        soft_targets(implementation, n, gap, factor, what);
      cancelling_weights(implementation, n, gap, what);
    }
}

TEST(ClampedTerms, OnEachInstructionSet) {
  for (const std::string& target : instruction_sets())
    for (const char* name : {"simd", "faithful"}) check(name, target);
  for (const char* name : {"sparse", "widened"}) check(name, "");
}

}  // namespace
