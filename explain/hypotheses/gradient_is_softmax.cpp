// SPDX-License-Identifier: MIT
// The gradient is the softmax: the targets are not subtracted.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {{.sentence = "the softmax, from which the targets are not subtracted",
           .plant = [](Formula& f, double) { f.gradient = GradientForm::softmax; }}};
}

}  // namespace

extern const Hypothesis gradient_is_softmax{
    .name = "gradient_is_softmax",
    .summary = "targets not subtracted",
    .part = Part::gradient,
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
