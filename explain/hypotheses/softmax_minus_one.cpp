// SPDX-License-Identifier: MIT
// The gradient is p_j - c_j of p_j rounded to the format of the gradient: p_y - 1 cancels.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!doubt.has_grad()) return {};
  return {{.sentence =
               "p_j - q_j with p_j rounded to the gradient's type first, so that p_y - 1 cancels",
           .plant = [](Formula& f, double) { f.gradient = GradientForm::rounded_softmax; }}};
}

}  // namespace

extern const Hypothesis softmax_minus_one{
    .name = "softmax_minus_one",
    .summary = "p_y - 1 computed by cancellation",
    .part = Part::gradient,
    .variants = variants,
    .outliers = 0.02,
    .shows_in_16_bits = true,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
