// SPDX-License-Identifier: MIT
// The losses are averaged where another reduction is named.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the mean over the rows; another reduction is named",
           .plant = [](Formula& f, double) { f.divisor = Divisor::mean; }}};
}

}  // namespace

extern const Hypothesis reduction_mean{
    .name = "reduction_mean",
    .summary = "the mean",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
