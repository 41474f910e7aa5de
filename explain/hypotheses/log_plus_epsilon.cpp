// SPDX-License-Identifier: MIT
// The logarithm is taken of the probability plus a small number.
#include <cmath>

#include <fmt/format.h>

#include "explain/formula/of_probabilities.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void added(double epsilon, Row& row) {
  of_probabilities(row, [&](double p, double log_p) {
    const double value = p > epsilon ? -log_p - std::log1p(epsilon / p) : -std::log(p + epsilon);
    return OfProbability{value, -p / (p + epsilon), 2};
  });
}

void plant_epsilon(Formula& f, double epsilon) {
  f.row_loss = [epsilon](const Doubt&, std::ptrdiff_t, Row& row) { added(epsilon, row); };
}

std::vector<Variant> variants(const Doubt&) {
  std::vector<Variant> all;
  for (const double epsilon : {1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15})
    all.push_back({.sentence = fmt::format("the result of -log(p + {:.3g})", epsilon),
                   .plant = [epsilon](Formula& f, double) { plant_epsilon(f, epsilon); }});
  all.push_back({.sentence = "the result of -log(p + {})",
                 .plant = plant_epsilon,
                 .parameter = {{.symbol = "epsilon", .least = 1e-30, .most = 1}}});
  return all;
}

}  // namespace

extern const Hypothesis log_plus_epsilon{
    .name = "log_plus_epsilon",
    .summary = "logarithm of the probability plus a small number",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
