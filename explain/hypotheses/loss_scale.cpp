// SPDX-License-Identifier: MIT
// The loss scale of mixed-precision training, a power of two, is left in the gradient.
#include <cmath>

#include <fmt/format.h>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  std::vector<Variant> all;
  for (int k = 2; doubt.has_grad() && k <= 24; ++k)
    all.push_back({.sentence = fmt::format("the gradient times the loss scale 2^{}", k),
                   .plant = [k](Formula& f, double) { f.grad_factor = std::ldexp(1, k); }});
  return all;
}

}  // namespace

extern const Hypothesis loss_scale{
    .name = "loss_scale",
    .summary = "loss scale left in the gradient",
    .part = Part::gradient,
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
