// SPDX-License-Identifier: MIT
// The problems of the self-test of audit.
#pragma once

#include <cstddef>
#include <vector>

#include "cases/case.hpp"

namespace xent::cli {

/// A problem of f32 logits that owns its data, and the axes of its rows.
struct SelfTestProblem {
  cases::Case<float> made;
  std::vector<std::ptrdiff_t> row_shape;
};

/// Problems whose rows are sequences of four tokens, and that differ in what they have: a
/// reduction, weights, an ignored label, smoothing, soft targets, large logits, many classes or
/// rows.
std::vector<SelfTestProblem> self_test_problems();

}  // namespace xent::cli
