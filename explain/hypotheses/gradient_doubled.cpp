// SPDX-License-Identifier: MIT
// The gradient is doubled.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {
      {.sentence = "twice the gradient", .plant = [](Formula& f, double) { f.grad_factor = 2; }}};
}

}  // namespace

extern const Hypothesis gradient_doubled{
    .name = "gradient_doubled",
    .summary = "gradient doubled",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
