// SPDX-License-Identifier: MIT
// The focal loss, (1 - p)^gamma times the cross-entropy.
#include <cmath>

#include "explain/formula/of_probabilities.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

void focal(double gamma, Row& row) {
  of_probabilities(row, [&](double p, double log_p) {
    const double off = -std::expm1(log_p);  // 1 - p
    const double factor = std::pow(off, gamma);
    const double value = -factor * log_p;
    if (off <= 0) return OfProbability{0, 0, 1};
    return OfProbability{value, gamma * factor / off * p * log_p - factor,
                         4 * gamma * std::abs(value) / off};
  });
  row.grad_relative = 16 + 4 * gamma;
}

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the focal loss with gamma = {}, which is no cross-entropy",
           .plant =
               [](Formula& f, double gamma) {
                 f.row_loss = [gamma](const Doubt&, std::ptrdiff_t, Row& row) {
                   focal(gamma, row);
                 };
               },
           .parameter = {{.symbol = "gamma", .least = 0.05, .most = 20, .neutral = 0}}}};
}

}  // namespace

extern const Hypothesis focal_loss{
    .name = "focal_loss",
    .summary = "focal loss",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
