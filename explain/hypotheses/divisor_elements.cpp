// SPDX-License-Identifier: MIT
// The divisor is N C, the number of the logits.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the sum divided by the number of logits, N C",
           .plant = [](Formula& f, double) { f.divisor = Divisor::elements; }}};
}

}  // namespace

extern const Hypothesis divisor_elements{
    .name = "divisor_elements",
    .summary = "divided by N C",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
