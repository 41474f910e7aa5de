// SPDX-License-Identifier: MIT
// The divisor is the sum of the weights of the targets.
#include "explain/formula/scales.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (divisor_of({}, doubt, Divisor::weights) == divisor_of({}, doubt, Divisor::mean)) return {};
  return {{.sentence = "the sum divided by the sum of the targets' weights",
           .plant = [](Formula& f, double) { f.divisor = Divisor::weights; }}};
}

}  // namespace

extern const Hypothesis divisor_weights{
    .name = "divisor_weights",
    .summary = "divided by the sum of the weights",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
