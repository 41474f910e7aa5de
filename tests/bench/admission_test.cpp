// SPDX-License-Identifier: MIT
// Admission: what is wrong, or outside its domain, is neither timed nor chosen, and the reason is
// given.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "bench/check.hpp"
#include "bench/engine.hpp"
#include "tests/bench/tiny_plan.hpp"

namespace {

using namespace xent;
using tests::cells;
using tests::right;
using tests::tiny_plan;

template <class T>
const Contract<T>& right_contract() {
  return right().contract<T>();
}

/// An implementation with that kernel in every type and the contract of a right one.
template <class F>
Implementation with_kernel(std::string_view name, F kernel) {
  Implementation made = right();
  made.name = name;
  made.f32.kernel = {kernel};
  made.f64.kernel = {kernel};
  made.bf16.kernel = {kernel};
  made.f16.kernel = {kernel};
  return made;
}

/// Losses 1 % too large.
constexpr auto inflated = []<class T>(const Problem<T>& problem, const Outputs<T>& out,
                                      const Execution&) noexcept {
  right_contract<T>().kernel(problem, out);
  for (std::ptrdiff_t i = 0; i < out.loss.size; ++i) out.loss[i] *= static_cast<LossOf<T>>(1.01);
};

/// The gradient of the sum where that of the mean is asked for.
constexpr auto unscaled = []<class T>(const Problem<T>& problem, const Outputs<T>& out,
                                      const Execution&) noexcept {
  right_contract<T>().kernel(problem, out);
  Problem<T> sum = problem;
  sum.options.reduction = Reduction::sum;
  LossOf<T> loss = 0;
  if (out.grad.data != nullptr)
    right_contract<T>().kernel(sum, {.loss = {&loss, 1}, .grad = out.grad});
};

/// Writes nothing.
constexpr auto idle = []<class T>(const Problem<T>&, const Outputs<T>&, const Execution&) noexcept {
};

void test_turned_away(const Implementation& wrong, bool gradient, std::string_view fault) {
  const auto found = bench::run(tiny_plan({&wrong, &right()}, gradient));
  EXPECT_EQ(found.failures.size(), cells) << std::string(wrong.name) + ": every cell has failed";
  EXPECT_EQ(found.timings.size(), cells) << std::string(wrong.name) + ": the other one is timed";
  for (const TimingRecord& t : found.timings)
    EXPECT_NE(t.implementation, wrong.name) << std::string(wrong.name) + ": is not timed";
  for (const bench::Untimed& f : found.failures) {
    const bool named = f.text.starts_with(wrong.name) && f.implementation == wrong.name;
    const bool placed =
        f.text.find("8x10") != std::string::npos || f.text.find("3x100") != std::string::npos;
    EXPECT_TRUE(named && placed && f.text.find(fault) != std::string::npos) << f.text;
  }
}

TEST(Admission, Wrong) {
  test_turned_away(with_kernel("inflated", inflated), false, "expected");
  test_turned_away(with_kernel("unscaled", unscaled), true, "gradient");
  test_turned_away(with_kernel("idle", idle), false, "NaN");
}

TEST(Admission, Domain) {
  Implementation narrow = right();
  narrow.name = "narrow";
  narrow.f32.domain.max_classes = 50;
  narrow.f64.kernel = {};
  const auto found = bench::run(tiny_plan({&narrow}, false));
  EXPECT_TRUE(found.failures.empty() && found.timings.size() == 2 + cells / 2)
      << "timed inside the domain";
  EXPECT_EQ(found.skipped.size(), 2 + cells / 4)
      << "skipped outside the domain, and without a kernel";
}

TEST(Admission, Sample) {
  using Rows = std::vector<std::ptrdiff_t>;
  EXPECT_EQ(bench::sample_rows({3, 10}, 1000, 1), (Rows{0, 1, 2})) << "few rows: all of them";
  EXPECT_EQ(bench::sample_rows({100, 1000}, 999, 1), Rows{0}) << "at least one row";
  EXPECT_TRUE(bench::sample_rows({0, 5}, 1000, 1).empty()) << "no rows of an empty batch";
  const Rows many = bench::sample_rows({1000, 10}, 1000, 1);
  EXPECT_TRUE(many.size() == 8 && many.front() == 0 && many.back() == 999)
      << "first and last of eight";
  EXPECT_EQ(std::count(many.begin(), many.end(), 500), 1) << "the middle one";
  EXPECT_NE(many, bench::sample_rows({1000, 10}, 1000, 2)) << "the others by the seed";
}

}  // namespace
