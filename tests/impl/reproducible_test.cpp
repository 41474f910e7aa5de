// SPDX-License-Identifier: MIT
// Shapes that threads share, by rows and within a row, and gradients that go past the caches: every
// number of threads gives the same bits, and so does a gradient in place.

#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "cases/case.hpp"

namespace {

using namespace xent;

/// Loss, log-sum-exp and gradient as one array of their bits.
template <class T>
struct Results {
  std::vector<LossOf<T>> loss, lse;
  std::vector<T> grad;

  friend bool operator==(const Results& a, const Results& b) {
    const auto same = [](const auto& x, const auto& y) {
      return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size() * sizeof x[0]) == 0;
    };
    return same(a.loss, b.loss) && same(a.lse, b.lse) && same(a.grad, b.grad);
  }
};

template <class T>
Results<T> compute(const Implementation& implementation, const cases::Case<T>& given, int threads,
                   bool in_place) {
  const auto [rows, classes] = std::pair(given.recipe.rows, given.recipe.classes);
  Results<T> results;
  results.loss.resize(static_cast<std::size_t>(loss_size(given.recipe.reduction, rows)));
  results.lse.resize(static_cast<std::size_t>(rows));
  results.grad = given.logits;
  Problem<T> problem = given.problem();
  if (in_place) problem.logits = row_major<const T>(results.grad.data(), rows, classes);
  implementation.contract<T>().kernel(problem,
                                      {.loss = {results.loss.data(), std::ssize(results.loss)},
                                       .grad = row_major<T>(results.grad.data(), rows, classes),
                                       .lse = {results.lse.data(), rows}},
                                      {.threads = threads});
  return results;
}

template <class T>
void check(const char* name, const cases::Recipe& recipe) {
  const Implementation& implementation = *find_implementation(name);
  const cases::Case<T> given = cases::make_case<T>(recipe);
  const Results<T> expected = compute(implementation, given, 1, false);
  const std::string what = fmt::format("{} on {}", name, cases::to_string(recipe));
  EXPECT_TRUE(implementation.contract<T>().reproducible) << what + ": promised";
  for (const int threads : {2, 3, 5, 64})
    EXPECT_EQ(compute(implementation, given, threads, false), expected)
        << fmt::format("{}: {} threads", what, threads);
  EXPECT_EQ(compute(implementation, given, 2, true), expected) << what + ": in place";
}

template <class T>
void check_shapes(const char* name) {
  struct Shape {
    std::ptrdiff_t rows, classes;
  };
  // few classes, a group of rows, single rows, a streamed gradient, rows of segments
  for (const Shape shape :
       {Shape{9001, 10}, Shape{131, 1000}, Shape{37, 5003}, Shape{301, 10007}, Shape{3, 400001}})
    for (const Reduction reduction : {Reduction::none, Reduction::mean})
      check<T>(name, {.dtype = dtype_of<T>,
                      .family = "normal",
                      .scale = 5,
                      .rows = shape.rows,
                      .classes = shape.classes,
                      .targets = cases::TargetKind::labels,
                      .weighted = reduction == Reduction::mean,
                      .reduction = reduction,
                      .seed = 3});
}

TEST(Reproducible, AnyNumberOfThreads) {
  for (const char* name : {"simd", "faithful"}) {
    check_shapes<float>(name);
    check_shapes<double>(name);
    check_shapes<bf16>(name);
  }
  for (const char* name : {"sparse", "widened"}) check_shapes<float>(name);
}

}  // namespace
