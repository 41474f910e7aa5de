// SPDX-License-Identifier: MIT
// What an explanation of a large problem costs: [128, 50257], loss and gradient.
#include <chrono>
#include <cstdio>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "explain/explain.hpp"
#include "tests/explain/planted.hpp"
#include "tests/support/long_run.hpp"

namespace xent::tests {
namespace {

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec) +
         1e-6 * static_cast<double>(used.ru_utime.tv_usec);
}

double time_of(const char* what, Planted<float>& results) {
  const double before = processor_seconds();
  const auto began = std::chrono::steady_clock::now();
  const explain::Explanation found = explain::explain(results.doubt(), {.threads = 2});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const double used = processor_seconds() - before;
  std::puts(fmt::format("{}: {:.1f} s, {:.1f} s of processor; {}", what, took.count(), used,
                        to_text(found))
                .c_str());
  return used;
}

// At most 20 s on two cores, so 40 s of processor time.
TEST(Speed, LargeProblem) {
  if (!is_long_run()) GTEST_SKIP() << "ctest --preset long";
  Plan plan;
  plan.recipe = {.family = "normal", .scale = 3, .rows = 128, .classes = 50257};
  for (const Reduction reduction : {Reduction::none, Reduction::mean}) {
    plan.recipe.reduction = reduction;
    Planted<float> results(plan);
    explain::Formula formula;
    formula.temperature = 0.8;
    results.plant(formula);
    EXPECT_LE(time_of("temperature", results), 40);
    for (float& x : results.loss) x *= 1.01F;
    results.grad[7] += 1;
    EXPECT_LE(time_of("nothing explains it", results), 40);
    results.grad.clear();
    EXPECT_LE(time_of("the loss alone", results), 40);
  }
}

}  // namespace
}  // namespace xent::tests
