// SPDX-License-Identifier: MIT
// Rows that make a sweep change its unit, or begin without one: logits that rise by more than its
// headroom within a block and from block to block, blocks of -inf before maxima of every size, ties
// in all lanes. Losses, log-sum-exps and gradients against the definition in long double, on every
// instruction set, for labels and for probabilities.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

namespace {

using namespace xent;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Shape {
  const char* name;
  double (*at)(std::ptrdiff_t j, std::ptrdiff_t n);
};

/// By `rise` each `run` elements, which are not all alike.
double rises(std::ptrdiff_t j, std::ptrdiff_t run, double rise) {
  const std::ptrdiff_t steps = j / run;
  return rise * static_cast<double>(steps) + static_cast<double>(j % 11) / 16;
}

constexpr Shape shapes[] = {
    {"ascends by 1/8", [](auto j, auto) { return static_cast<double>(j) / 8; }},
    {"descends by 1/8", [](auto j, auto) { return -static_cast<double>(j) / 8; }},
    {"rises by 30 each 500",
     [](auto j, auto) { return 30 * std::floor(static_cast<double>(j) / 500); }},
    {"a peak at the end",
     [](auto j, auto n) { return j == n - 1 ? 60.0 : 0.125 * static_cast<double>(j % 7); }},
    {"two peaks, the higher first",
     [](auto j, auto n) { return j == n / 3   ? 300.0
                                 : j == n / 2 ? 200.0
                                              : 0.0; }},
    {"-inf, then -170",
     [](auto j, auto n) { return j < n / 2 ? -infinity : -170.0 - static_cast<double>(j % 3); }},
    {"-inf, then -1000",
     [](auto j, auto n) { return j < n / 2 ? -infinity : -1000.0 + static_cast<double>(j % 5); }},
    {"-inf, then 5000",
     [](auto j, auto n) { return j < n / 2 ? -infinity : 5000.0 + static_cast<double>(j % 5); }},
    {"from -400 to 400",
     [](auto j, auto n) {
       return -400.0 + std::floor(800.0 * static_cast<double>(j) / static_cast<double>(n));
     }},
    {"all alike", [](auto, auto) { return 2.5; }},
    {"a peak of 400",
     [](auto j, auto n) { return j == n / 3 ? 0.0 : -400.0 - static_cast<double>(j % 7) / 8; }},
    {"peaks of 50 in one lane",
     [](auto j, auto n) {
       return j == n / 3 || j == n / 3 + 128 ? 0.0 : -50.0 - static_cast<double>(j % 5) / 8;
     }},
    {"two peaks, the higher soon after",
     [](auto j, auto n) { return j == n / 3         ? 40.0
                                 : j == n / 3 + 200 ? 80.0
                                                    : 0.0; }},
    {"1000, and rises by 100 each 300", [](auto j, auto) { return 1000.0 + rises(j, 300, 100); }},
    {"-1000, and rises by 100 each 300", [](auto j, auto) { return -1000.0 + rises(j, 300, 100); }},
    {"331, and rises by 30 each 100", [](auto j, auto) { return 331.0 + rises(j, 100, 30); }},
    {"-750, and rises by 26 each 200", [](auto j, auto) { return -750.0 + rises(j, 200, 26); }},
    {"a peak of 90 above 4000",
     [](auto j, auto n) { return j == n / 3 ? 4090.0 : 4000.0 - static_cast<double>(j % 7); }},
    {"a half masked by -10000, then numbers",
     [](auto j, auto n) { return j < n / 2 ? -10000.0 : static_cast<double>(j % 9) / 8; }},
    {"rises by 25 each 100", [](auto j, auto n) { return rises(j, 100, 25) - rises(n, 100, 25); }},
    {"95 below the first",
     [](auto j, auto) { return j == 3 ? 0.0 : -95.0 + static_cast<double>(j % 13) / 8; }},
    {"725 below the first",
     [](auto j, auto) { return j == 3 ? 0.0 : -725.0 + static_cast<double>(j % 13) / 8; }},
    {"subnormal numbers of f32",
     [](auto j, auto) { return 0x1p-140 * static_cast<double>(j % 64); }},
    {"subnormal numbers of f64",
     [](auto j, auto) { return 0x1p-1060 * static_cast<double>(j % 64); }},
    {"near 2^-38", [](auto j, auto) { return -0x1p-38 - 0x1p-61 * static_cast<double>(j % 8); }},
    {"all but the last -inf", [](auto j, auto n) { return j == n - 1 ? 1.0 : -infinity; }},
};

/// The row in long double.
struct Expected {
  std::size_t argmax = 0;
  long double m = -infinity, r = 0;
  std::vector<long double> e;

  explicit Expected(const std::vector<double>& x) {
    argmax = static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin());
    m = x[argmax];
    for (std::size_t j = 0; j < x.size(); ++j) {
      e.push_back(std::exp(x[j] - m));
      if (j != argmax) r += e[j];
    }
  }
  long double log_sum_exp() const { return m + std::log1p(r); }
  long double loss(const std::vector<double>& x, std::size_t y) const {
    return (m - x[y]) + std::log1p(r);
  }
  long double probability(std::size_t j) const { return e[j] / (1 + r); }
  /// Minus the probability of all others.
  long double gradient_at_label(std::size_t y) const {
    long double others = 0;
    for (std::size_t j = 0; j < e.size(); ++j)
      if (j != y) others += e[j];
    return -others / (1 + r);
  }
};

/// Within k units of T's roundoff and of its smallest number.
template <class T>
bool is_near(T got, long double want, long double k) {
  const long double bound = k * (std::fabs(want) * std::numeric_limits<T>::epsilon() / 2 +
                                 std::numeric_limits<T>::denorm_min());
  return std::fabs(static_cast<long double>(got) - want) <= bound;
}

/// A row of a shape: the same numbers exactly and in T.
template <class T>
struct Row {
  std::vector<double> exact;
  std::vector<T> x;
  std::string what;

  Row(const Shape& shape, std::ptrdiff_t n, const std::string& where) {
    exact.reserve(static_cast<std::size_t>(n));
    for (std::ptrdiff_t j = 0; j < n; ++j) exact.push_back(shape.at(j, n));
    x.assign(exact.begin(), exact.end());
    what = fmt::format("{} {}: {}, {} classes", to_string(dtype_of<T>), where, shape.name, n);
  }
  MatrixView<const T> logits() const {
    return row_major<const T>(x.data(), 1, static_cast<std::ptrdiff_t>(x.size()));
  }
};

constexpr Options one_loss{.reduction = Reduction::none};

template <class T>
void check_label(const Implementation& implementation, const Row<T>& row, const Expected& want,
                 std::size_t y) {
  const auto n = static_cast<std::ptrdiff_t>(row.x.size());
  const auto label = static_cast<std::int64_t>(y);
  std::vector<T> g(row.x.size());
  T loss = 0;
  T lse = 0;
  implementation.contract<T>().kernel(
      {.logits = row.logits(), .targets = Labels<std::int64_t>{&label, 1}, .options = one_loss},
      {.loss = {&loss, 1}, .grad = row_major<T>(g.data(), 1, n), .lse = {&lse, 1}});
  const std::string what = fmt::format("{} {}, label {}: ", implementation.name, row.what, y);
  EXPECT_TRUE(is_near(loss, want.loss(row.exact, y), 5)) << what + "loss";
  EXPECT_TRUE(is_near(lse, want.log_sum_exp(), 5)) << what + "log-sum-exp";
  EXPECT_TRUE(is_near(g[y], want.gradient_at_label(y), 8)) << what + "gradient at the label";
  for (std::size_t j = 0; j < g.size(); j += 37)
    if (j != y && !is_near(g[j], want.probability(j), 8)) ADD_FAILURE() << what + "gradient";
}

/// Against the mean of the last two classes.
template <class T>
void check_probs(const Implementation& implementation, const Row<T>& row, const Expected& want) {
  const auto n = static_cast<std::ptrdiff_t>(row.x.size());
  const std::size_t y = row.x.size() - 1;
  std::vector<T> q(row.x.size(), T{0});
  q[y] = q[y - 1] = static_cast<T>(0.5);
  const Probs<T> probs = row_major<const T>(q.data(), 1, n);
  std::vector<T> g(row.x.size());
  T loss = 0;
  implementation.contract<T>().kernel(
      {.logits = row.logits(), .targets = probs, .options = one_loss},
      {.loss = {&loss, 1}, .grad = row_major<T>(g.data(), 1, n)});
  const std::string what = fmt::format("{} {}, two classes: ", implementation.name, row.what);
  const long double mean = (want.loss(row.exact, y) + want.loss(row.exact, y - 1)) / 2;
  EXPECT_TRUE(row.exact[y - 1] == -infinity ? loss == std::numeric_limits<T>::infinity()
                                            : is_near(loss, mean, 5))
      << what + "loss";
  for (std::size_t j = 0; j + 2 < g.size(); j += 37)
    if (!is_near(g[j], want.probability(j), 8)) ADD_FAILURE() << what + "gradient";
}

template <class T>
void check_row(const Implementation& implementation, const Shape& shape, std::ptrdiff_t n,
               const std::string& where) {
  const Row<T> row(shape, n, where);
  const Expected want(row.exact);
  check_label(implementation, row, want, row.x.size() - 1);
  check_label(implementation, row, want, want.argmax);
  check_probs(implementation, row, want);
}

/// +inf makes the loss NaN, whatever blocks of -inf and of numbers come after it.
template <class T>
void check_infinite_row(const Implementation& implementation, std::ptrdiff_t at,
                        const std::string& where) {
  constexpr std::ptrdiff_t n = 5000;
  std::vector<T> x(n, static_cast<T>(-infinity));
  std::fill(x.begin() + 4000, x.end(), T{1});
  x[static_cast<std::size_t>(at)] = static_cast<T>(infinity);
  const std::int64_t label = n - 1;
  T loss = 0;
  implementation.contract<T>().kernel({.logits = row_major<const T>(x.data(), 1, n),
                                       .targets = Labels<std::int64_t>{&label, 1},
                                       .options = {.reduction = Reduction::none}},
                                      {.loss = {&loss, 1}});
  EXPECT_TRUE(std::isnan(loss)) << fmt::format("{} {} on {}: +inf at {}, then -inf and numbers",
                                               implementation.name, to_string(dtype_of<T>), where,
                                               at);
}

TEST(RowSweep, OnEachInstructionSet) {
  for (const std::string& target : instruction_sets()) {
    for (const char* name : {"simd", "faithful"}) {
      const Implementation one = find_implementation(name)->with(
          {.instruction_set = find_instruction_set(target).value()});
      for (const std::ptrdiff_t at : {0, 1023, 1024, 3000, 4500}) {
        check_infinite_row<float>(one, at, target);
        check_infinite_row<double>(one, at, target);
      }
      for (const Shape& shape : shapes)
        for (const std::ptrdiff_t n : {3, 64, 65, 200, 1000, 1500, 4097, 9000}) {
          check_row<float>(one, shape, n, target);
          check_row<double>(one, shape, n, target);
        }
    }
  }
}

}  // namespace
