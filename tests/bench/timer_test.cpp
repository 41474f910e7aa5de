// SPDX-License-Identifier: MIT
// A sample begins with the upper halves of the vector registers clear, whatever was timed before
// it: else a call that leaves them in use would make those after it look slow.
#include "bench/timer.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "tests/support/upper_halves.hpp"

namespace {

using namespace xent;

TEST(Timer, UpperHalvesAreClearAtTheFirstCall) {
  if (!tests::tells_use_of_upper_halves()) GTEST_SKIP() << "the processor does not tell";
  for (const int calls : {1, 3}) {
    (void)bench::sample(tests::use_an_upper_half, calls, 1);
    bool is_first = true, was_in_use = false;
    const auto look = [&] {
      if (std::exchange(is_first, false)) was_in_use = tests::upper_halves_are_in_use();
    };
    (void)bench::sample(look, calls, 1);
    EXPECT_FALSE(is_first || was_in_use) << calls << " calls";
  }
}

}  // namespace
