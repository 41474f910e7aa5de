// SPDX-License-Identifier: MIT
// TinyPlan: a benchmark of milliseconds, and an implementation that is right.
#pragma once

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include <xent/implementation.hpp>

#include "bench/plan.hpp"

namespace xent::tests {

inline const Implementation& right() { return *find_implementation("log_sum_exp"); }

// Of tiny_plan.
inline constexpr std::size_t shapes_and_types = 8;  // two shapes, four types
inline constexpr std::size_t cells = 16;            // in two forms, per implementation

inline bench::Plan tiny_plan(std::vector<const Implementation*> implementations, bool gradient) {
  return {
      .implementations = std::move(implementations),
      .shapes = {{8, 10}, {3, 100}},
      .dtypes = {std::begin(all_dtypes), std::end(all_dtypes)},
      .forms = {{.targets = cases::TargetKind::labels}, {.targets = cases::TargetKind::one_hot}},
      .gradient = gradient,
      .repetitions = 3,
      .min_time = 1e-4};
}

}  // namespace xent::tests
