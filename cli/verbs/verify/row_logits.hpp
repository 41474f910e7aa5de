// SPDX-License-Identifier: MIT
// Row logits: what a case has in one row, to be read.
#pragma once

#include <cstdint>
#include <string>

#include <xent/records/results.hpp>

namespace xent::cli {

/// The logits of the row of the witness in decimal and hexadecimal: "1 (0x1p+0), 0.5 (0x1p-1)". The
/// case is made again for it. "" where the row has more classes than are shown, and where the
/// witness has no case or no row: a reduced loss of several rows.
std::string row_logits(const Witness& witness);

}  // namespace xent::cli
