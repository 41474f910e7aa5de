// SPDX-License-Identifier: MIT
// The losses are summed where another reduction is named.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the sum over the rows; another reduction is named",
           .plant = [](Formula& f, double) { f.divisor = Divisor::one; }}};
}

}  // namespace

extern const Hypothesis reduction_sum{
    .name = "reduction_sum",
    .summary = "the sum",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
