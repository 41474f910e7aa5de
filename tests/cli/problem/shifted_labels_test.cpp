// SPDX-License-Identifier: MIT
// Labels of the next token: within each sequence, and never from the next sequence.
#include "cli/problem/shifted_labels.hpp"

#include <gtest/gtest.h>

namespace {

using xent::cli::shifted_labels;
using Labels = std::vector<std::int64_t>;

TEST(ShiftedLabels, WithinEachSequence) {
  const Labels labels = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(shifted_labels(labels, {6}, -100), (Labels{2, 3, 4, 5, 6, -100}));
  EXPECT_EQ(shifted_labels(labels, {2, 3}, -100), (Labels{2, 3, -100, 5, 6, -100}));
  EXPECT_EQ(shifted_labels(labels, {3, 1, 2}, 0), (Labels{2, 0, 4, 0, 6, 0}));
  EXPECT_EQ(shifted_labels(labels, {6, 1}, 9), (Labels{9, 9, 9, 9, 9, 9})) << "single tokens";
}

TEST(ShiftedLabels, OneRowAndNone) {
  EXPECT_EQ(shifted_labels(Labels{4}, {}, -1), (Labels{-1}));
  EXPECT_EQ(shifted_labels(Labels{}, {0, 5}, -1), Labels());
}

}  // namespace
