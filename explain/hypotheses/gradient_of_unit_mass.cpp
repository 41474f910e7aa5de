// SPDX-License-Identifier: MIT
// The gradient is p_j - c_j where the coefficients of a row do not sum to 1.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  if (!(doubt.has_grad())) return {};
  return {{.sentence = "p_j - c_j; the coefficients of a row do not sum to 1 here",
           .plant = [](Formula& f, double) { f.gradient = GradientForm::unit_mass; }}};
}

}  // namespace

extern const Hypothesis gradient_of_unit_mass{
    .name = "gradient_of_unit_mass",
    .summary = "p - c where the c do not sum to 1",
    .part = Part::gradient,
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
