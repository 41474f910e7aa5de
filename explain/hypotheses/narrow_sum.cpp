// SPDX-License-Identifier: MIT
// The exponentials are summed in 16 bits, one after the other.
#include "explain/narrow_variants.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  return narrow_variants(doubt, "the result of exponentials summed in {}", &Arithmetic::sum,
                         Narrow::or_as_logits);
}

}  // namespace

extern const Hypothesis narrow_sum{
    .name = "narrow_sum",
    .summary = "exponentials summed in bf16 or f16",
    .variants = variants,
    .outliers = 0.2,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
