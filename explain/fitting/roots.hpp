// SPDX-License-Identifier: MIT
// The values of a parameter with which a prediction equals what was got.
#pragma once

#include <functional>
#include <vector>

#include "explain/hypothesis.hpp"

namespace xent::explain {

/// Returns the parameters within the range at which f, the prediction minus what was got, is 0. Of
/// a function that is not linear those are found that `points` evenly spaced by ratio separate.
std::vector<double> roots(const Parameter& parameter, const std::function<double(double)>& f,
                          int points);

}  // namespace xent::explain
