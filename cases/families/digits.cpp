// SPDX-License-Identifier: MIT
// Hand-written digits: a classifier trained to saturation, most of whose losses lie below 1e-8.
#include "cases/family.hpp"

namespace xent::cases {

const FamilySource digits_family = {
    .family = {
        .name = "digits",
        .summary = "logits of a small network on 600 unseen hand-written digits: over-confident",
        .data_set = true,
        .rows = 600,
        .classes = 10,
        .magnitude = [](double) { return 70.0; }}};

}  // namespace xent::cases
