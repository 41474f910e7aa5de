// SPDX-License-Identifier: MIT
// A language model: next-token logits over the byte-pair vocabulary of GPT-2.
#include "cases/family.hpp"

namespace xent::cases {

const FamilySource lm_gpt2bpe_family = {
    .family = {.name = "lm_gpt2bpe",
               .summary = "logits of a small language model over the byte-pair vocabulary of GPT-2",
               .data_set = true,
               .rows = 8,
               .classes = 50257,
               .magnitude = [](double) { return 23.0; }}};

}  // namespace xent::cases
