// SPDX-License-Identifier: MIT
// The gradient has the opposite sign.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {{.sentence = "the gradient with the opposite sign",
           .plant = [](Formula& f, double) { f.grad_factor = -1; }}};
}

}  // namespace

extern const Hypothesis gradient_negated{
    .name = "gradient_negated",
    .summary = "gradient with the opposite sign",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
