// SPDX-License-Identifier: MIT
// The logits are capped softly: c tanh(x / c).
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {
      {.sentence = "the result of logits capped to {0} tanh(x / {0}); the problem has no softcap",
       .plant = [](Formula& f, double c) { f.softcap = c; },
       .parameter = {{.symbol = "c", .least = 0.05, .most = 2000, .neutral = 1e300}}}};
}

}  // namespace

extern const Hypothesis softcap{
    .name = "softcap",
    .summary = "logits capped by c tanh(x / c)",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
