// SPDX-License-Identifier: MIT
// The logits are divided by a temperature T before the softmax.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the result at temperature {}; the problem has none",
           .plant = [](Formula& f, double t) { f.temperature = t; },
           .parameter = {{.symbol = "T", .least = 0.02, .most = 50, .neutral = 1}}}};
}

}  // namespace

extern const Hypothesis temperature{
    .name = "temperature",
    .summary = "logits divided by a temperature",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
