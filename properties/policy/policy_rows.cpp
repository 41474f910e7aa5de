// SPDX-License-Identifier: MIT
// The rows of docs/policy.md, from the lists of answers and of faults.
#include <cmath>
#include <limits>

#include "properties/policy/policy_row.hpp"

#define XENT_ROW(row, ...) {.name = #row, __VA_ARGS__},

namespace xent::properties {
namespace {

using Labels = std::vector<std::int64_t>;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr Input log_probs = Input::log_probs;
constexpr Input probs = Input::probs;
constexpr Reduction mean = Reduction::mean;
constexpr Reduction sum = Reduction::sum;

}  // namespace

std::vector<PolicyRow> answered_rows() {
  const long double e = std::exp(1.0L);
  const long double p0 = 1 / (1 + e), p1 = e / (1 + e);
  const long double l0 = std::log1p(e), l1 = std::log1p(1 / e);
  const long double z1 = std::tanh(1.0L), slope = 1 / (std::cosh(1.0L) * std::cosh(1.0L));
  const long double capped_p0 = 1 / (1 + std::exp(z1)), capped_p1 = 1 / (1 + std::exp(-z1));
  const long double capped_l0 = std::log1p(std::exp(z1)), capped_l1 = std::log1p(std::exp(-z1));
  const long double log_2 = std::log(2.0L);
  const std::vector<double> pair = {0, 1};
  const std::vector<double> masked = {0, -inf, 1};
  return {
#include "properties/policy/policy_answers.def"
  };
}

std::vector<PolicyRow> refused_rows() {
  const std::vector<double> pair = {0, 1};
  return {
#include "properties/policy/policy_faults.def"
  };
}

}  // namespace xent::properties
