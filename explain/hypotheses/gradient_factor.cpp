// SPDX-License-Identifier: MIT
// The gradient is multiplied by a constant.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {
      {.sentence = "the gradient times {}",
       .plant = [](Formula& f, double k) { f.grad_factor = k; },
       .parameter = {{.symbol = "k", .least = -1e9, .most = 1e9, .linear = true, .neutral = 1}}}};
}

}  // namespace

extern const Hypothesis gradient_factor{
    .name = "gradient_factor",
    .summary = "gradient times a constant",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
