// SPDX-License-Identifier: MIT
// The divisor is the first axis of the rows, the batch.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.row_shape.size() > 1)) return {};
  return {{.sentence = "the sum divided by the batch, the first axis of the rows",
           .plant = [](Formula& f, double) { f.divisor = Divisor::batch; }}};
}

}  // namespace

extern const Hypothesis divisor_batch{
    .name = "divisor_batch",
    .summary = "divided by the batch of a K-dimensional problem",
    .part = Part::reduction,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
