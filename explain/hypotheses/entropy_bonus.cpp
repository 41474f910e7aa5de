// SPDX-License-Identifier: MIT
// A multiple of the entropy of the softmax is subtracted from each row, or added.
#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt&) {
  return {{.sentence = "the result with {} times the entropy of the softmax subtracted",
           .plant = [](Formula& f, double k) { f.entropy = k; },
           .parameter = {{.symbol = "k", .least = -10, .most = 10, .linear = true, .neutral = 0}}}};
}

}  // namespace

extern const Hypothesis entropy_bonus{
    .name = "entropy_bonus",
    .summary = "a multiple of the entropy subtracted",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
