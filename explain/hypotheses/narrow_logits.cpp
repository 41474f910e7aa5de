// SPDX-License-Identifier: MIT
// The logits are rounded to 16 bits first.
#include "explain/narrow_variants.hpp"

namespace xent::explain::hypothesis_list {
namespace {

std::vector<Variant> variants(const Doubt& doubt) {
  return narrow_variants(doubt, "the result of the logits rounded to {}", &Arithmetic::logits,
                         Narrow::than_logits);
}

}  // namespace

extern const Hypothesis narrow_logits{
    .name = "narrow_logits",
    .summary = "logits rounded to bf16 or f16",
    .variants = variants,
    .needs_logits = true,
};

}  // namespace xent::explain::hypothesis_list
