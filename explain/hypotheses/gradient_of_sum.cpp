// SPDX-License-Identifier: MIT
// The gradient is not divided as the loss is.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {{.sentence = "the gradient of the sum of the losses, not divided",
           .plant = [](Formula& f, double) { f.grad_scalings = 0; }}};
}

}  // namespace

extern const Hypothesis gradient_of_sum{
    .name = "gradient_of_sum",
    .summary = "gradient of the sum for the mean",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
