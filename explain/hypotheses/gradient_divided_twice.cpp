// SPDX-License-Identifier: MIT
// The gradient is divided by the divisor twice.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {{.sentence = "the gradient divided by the divisor twice",
           .plant = [](Formula& f, double) { f.grad_scalings = 2; }}};
}

}  // namespace

extern const Hypothesis gradient_divided_twice{
    .name = "gradient_divided_twice",
    .summary = "gradient divided twice",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
