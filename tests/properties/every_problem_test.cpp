// SPDX-License-Identifier: MIT
// every_problem_test [STEP]: every problem, or with a STEP one in STEP of them and others for the
// next implementation, on every implementation: what it offers keeps its contract, judged by the
// reference; what it does not offer is refused by name. No implementation writes beside its
// results.
#include <algorithm>
#include <cstdlib>
#include <exception>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "tests/properties/walk.hpp"
#include "tests/support/long_run.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

constexpr auto types = std::ssize(all_dtypes);

Tally walk(const Implementation& implementation, const std::vector<Asked>& problems) {
  Tally tally;
  for (const DType dtype : all_dtypes)
    with_dtype(dtype, [&](auto zero) {
      Walk<decltype(zero)> of_type(implementation, tally);
      for (const Asked& asked : problems) of_type.check(asked);
    });
  fmt::print("{}: {} judged, {} refused, {} failed\n", implementation.name, tally.judged,
             tally.refused, tally.failed);
  return tally;
}

/// One in `step` problems, from number `first` on.
std::vector<Asked> one_in(std::size_t step, std::size_t first, const std::vector<Asked>& problems) {
  std::vector<Asked> some;
  for (std::size_t k = first; k < problems.size(); k += step) some.push_back(problems[k]);
  return some;
}

/// Every implementation takes everything.
void check_all(const std::vector<Asked>& problems, std::size_t step) {
  EXPECT_GT(problems.size(), 25000) << "there are many problems";
  std::size_t first = 0;
  for (const Implementation* one : implementations()) {
    const std::vector<Asked> some = one_in(step, first++ % step, problems);
    const Tally tally = walk(*one, some);
    EXPECT_EQ(tally.failed, 0) << fmt::format("{} fails at nothing", one->name);
    EXPECT_TRUE(tally.judged >= types * std::ssize(some) && tally.refused == 0)
        << fmt::format("{} is judged on every problem, in every type", one->name);
  }
}

void check_refused(const std::vector<Asked>& problems) {
  Implementation plain = *find_implementation("sparse");
  plain.name = "sparse without offers";
  plain.f32.offers = plain.f64.offers = plain.bf16.offers = plain.f16.offers = {};
  const Tally tally = walk(plain, problems);
  const auto offered = std::count_if(problems.begin(), problems.end(),
                                     [](const Asked& asked) { return asked.is_plain(); });
  EXPECT_TRUE(tally.failed == 0 && tally.judged == types * offered &&
              tally.refused == types * (std::ssize(problems) - offered))
      << "what is not offered is refused, and nothing else";
}

TEST(EveryProblem, IsComputedOrRefused) {
  const std::size_t step = tests::is_long_run() ? 1 : 11;
  const std::vector<Asked> problems = every_problem();
  check_all(problems, step);
  check_refused(one_in(step, 0, problems));
}

}  // namespace
