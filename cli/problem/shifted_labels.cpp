// SPDX-License-Identifier: MIT
// Labels of sequences, shifted by one token.

#include "cli/problem/shifted_labels.hpp"

namespace xent::cli {

std::vector<std::int64_t> shifted_labels(std::span<const std::int64_t> labels,
                                         const tensors::Shape& row_shape, std::int64_t ignored) {
  const auto tokens = static_cast<std::size_t>(row_shape.empty() ? 1 : row_shape.back());
  std::vector<std::int64_t> shifted(labels.size(), ignored);
  for (std::size_t i = 0; i < labels.size(); ++i)
    if ((i + 1) % tokens != 0) shifted[i] = labels[i + 1];
  return shifted;
}

}  // namespace xent::cli
