// SPDX-License-Identifier: MIT
// The probabilities are rounded to 16 bits before their logarithm is taken.
#include "explain/narrow_variants.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  return narrow_variants(doubt, "the result with the softmax rounded to {}", &Arithmetic::softmax,
                         Narrow::or_as_logits);
}

}  // namespace

extern const Hypothesis narrow_softmax{
    .name = "narrow_softmax",
    .summary = "softmax rounded to bf16 or f16",
    .variants = variants,
    .outliers = 0.02,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
