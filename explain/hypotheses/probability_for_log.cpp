// SPDX-License-Identifier: MIT
// The probabilities are taken for log-probabilities: the logarithm is left out.
#include "explain/formula/of_probabilities.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "minus the target's probability: the logarithm is left out",
           .plant = [](Formula& f, double) {
             f.row_loss = [](const Doubt&, std::ptrdiff_t, Row& row) {
               of_probabilities(row, [](double p, double) { return OfProbability{-p, -p}; });
             };
           }}};
}

}  // namespace

extern const Hypothesis probability_for_log{
    .name = "probability_for_log",
    .summary = "logarithm left out",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
