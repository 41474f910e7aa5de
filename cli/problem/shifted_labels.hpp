// SPDX-License-Identifier: MIT
// Labels of sequences in which each token is to predict the next one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tensors/logits_axes.hpp"

namespace xent::cli {

/// The labels, in C order, with that of the next token in place of each: the last axis is that of
/// the tokens. The last token of a sequence, which has none after it, gets `ignored`.
std::vector<std::int64_t> shifted_labels(std::span<const std::int64_t> labels,
                                         const tensors::Shape& row_shape, std::int64_t ignored);

}  // namespace xent::cli
