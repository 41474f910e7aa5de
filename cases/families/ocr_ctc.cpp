// SPDX-License-Identifier: MIT
// Text recognition: the frames of rendered text lines, labelled by a CTC alignment.
#include "cases/family.hpp"

namespace xent::cases {

const FamilySource ocr_ctc_family = {
    .family = {.name = "ocr_ctc",
               .summary = "logits of a text recogniser (PP-OCRv4) over its 6625 characters",
               .data_set = true,
               .rows = 24,
               .classes = 6625,
               .magnitude = [](double) { return 50.0; }}};

}  // namespace xent::cases
