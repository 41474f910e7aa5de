// SPDX-License-Identifier: MIT
// The divisor is the sum of the weights of the rows that are not ignored.
#include "explain/formula/scales.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!doubt.has_row_weight() ||
      divisor_of({}, doubt, Divisor::row_weights) == divisor_of({}, doubt, Divisor::mean))
    return {};
  return {{.sentence = "the sum divided by the sum of the row weights",
           .plant = [](Formula& f, double) { f.divisor = Divisor::row_weights; }}};
}

}  // namespace

extern const Hypothesis divisor_row_weights{
    .name = "divisor_row_weights",
    .summary = "divided by the sum of the row weights",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
