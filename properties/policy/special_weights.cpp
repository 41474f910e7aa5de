// SPDX-License-Identifier: MIT
// The rows of special weights.

#include "properties/policy/special_weights.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace xent::properties {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t classes = 19;

// Smoothed labels on logits of 0. At one class a weight of NaN or inf, which makes the row NaN, or
// a masked logit, which a weight of 0 takes out and a negative one turns the sign of.
void add_special_weights(std::size_t at, std::vector<PolicyRow>& all) {
  constexpr std::size_t label = 5;
  constexpr long double eps = 0.5;
  const std::string where = " at class " + std::to_string(at) + " of 19";
  for (const double weight : {nan, inf, 0.0, -1.0}) {
    const bool masked = std::isfinite(weight);
    PolicyRow row{.name = "weight " + std::to_string(weight) + (masked ? " and -inf" : "") + where,
                  .logits = {std::vector<double>(classes, 0)},
                  .targets = std::vector<std::int64_t>{label},
                  .weight = std::vector<double>(classes, 1),
                  .smoothing = static_cast<double>(eps)};
    row.weight[at] = weight;
    std::vector<long double> c(classes, eps / classes);
    c[label] += 1 - eps;
    c[at] *= static_cast<long double>(weight);
    long double total = 0;
    for (const long double c_j : c) total += c_j;
    if (masked) row.logits[0][at] = -inf;
    const auto others = static_cast<long double>(classes - 1);
    row.loss = {weight == 0 ? total * std::log(others) : masked ? -inf : nan};
    for (std::size_t j = 0; j < classes; ++j)
      row.grad.push_back(!masked ? nan : (j == at ? 0 : total / others) - c[j]);
    all.push_back(std::move(row));
  }
}

// A loss of 0 is +0, also times or over a negative weight.
void add_negative_weights(std::vector<PolicyRow>& all) {
  for (const Reduction reduction : all_reductions)
    all.push_back({.name = "one class of weight -0.7, " + std::string(to_string(reduction)),
                   .logits = {{5}},
                   .targets = std::vector<std::int64_t>{0},
                   .weight = {-0.7},
                   .reduction = reduction,
                   .loss = {0},
                   .grad = {0}});
}

// Over a total of 0, a component below the smallest number of 16 bits is inf as any other.
void add_zero_total(std::vector<PolicyRow>& all) {
  all.push_back({.name = "a tiny component over a total of 0",
                 .logits = {{40, 40, -55}},
                 .targets = std::vector<std::int64_t>{2},
                 .weight = {1, 2, 0},
                 .smoothing = 0.5,
                 .reduction = Reduction::mean,
                 .loss = {inf},
                 .grad = {inf, -inf, inf}});
}

}  // namespace

std::vector<PolicyRow> special_weights() {
  std::vector<PolicyRow> all;
  for (std::size_t at = 0; at < classes; ++at) add_special_weights(at, all);
  add_negative_weights(all);
  add_zero_total(all);
  return all;
}

}  // namespace xent::properties
