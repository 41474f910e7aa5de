// SPDX-License-Identifier: MIT
// A NaN anywhere in a row makes its loss and gradient NaN, wherever the maximum is and whichever
// way the row goes, on every instruction set.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/dispatch.hpp"

namespace {

using namespace xent;

/// A row of n zeros but for a NaN and a maximum.
void check_row(const Implementation& implementation, std::ptrdiff_t n, std::ptrdiff_t nan,
               std::ptrdiff_t largest, const std::string& where) {
  std::vector<float> x(static_cast<std::size_t>(n), 0.0F);
  x[static_cast<std::size_t>(largest)] = 5;
  x[static_cast<std::size_t>(nan)] = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> g(x.size());
  const std::int64_t label = 0;
  float loss = 0;
  implementation.f32.kernel({.logits = row_major<const float>(x.data(), 1, n),
                             .targets = Labels<std::int64_t>{&label, 1},
                             .options = {.reduction = Reduction::none}},
                            {.loss = {&loss, 1}, .grad = row_major<float>(g.data(), 1, n)});
  EXPECT_TRUE(std::isnan(loss) && std::isnan(g.front()) && std::isnan(g.back())) << fmt::format(
      "{} on {}: NaN at {} of {}, the maximum at {}", implementation.name, where, nan, n, largest);
}

TEST(NanRow, IsNanWhereverItStands) {
  for (const std::string& target : instruction_sets()) {
    for (const char* name : {"simd", "faithful"}) {
      const Implementation one = properties::on_instruction_set(*find_implementation(name), target);
      for (const std::ptrdiff_t n : {2, 3, 10, 16, 17, 64, 65, 300, 1500, 9000})
        for (const std::ptrdiff_t nan : {std::ptrdiff_t{0}, std::ptrdiff_t{1}, n / 2, n - 1})
          for (const std::ptrdiff_t largest : {std::ptrdiff_t{0}, n / 3, n / 2, n - 1})
            check_row(one, n, nan, largest, target);
    }
  }
}

}  // namespace
