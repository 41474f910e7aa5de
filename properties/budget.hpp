// SPDX-License-Identifier: MIT
// Budget: how much is checked.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

namespace xent::properties {

/// A law that fewer cases than this reached is mistrusted.
inline constexpr int fewest_cases = 100;

struct Budget {
  std::string_view name;
  int cases = fewest_cases;  // drawn for each law
  // Judged of each data set, at least one row of it: losses, and gradient components.
  std::ptrdiff_t loss_logits = 0;
  std::ptrdiff_t grad_logits = 0;
  // Judged of each generated family at each number of classes, at least so many rows.
  std::ptrdiff_t family_logits = 0;
  std::ptrdiff_t family_rows = 1;
  std::ptrdiff_t most_classes = 0;       // of a family against labels
  std::ptrdiff_t most_soft_classes = 0;  // of a family against probs
  bool every_instruction_set = false;    // measures accuracy on all of them, else on the best
};

inline constexpr std::ptrdiff_t all_logits = std::numeric_limits<std::ptrdiff_t>::max();

inline constexpr Budget budgets[] = {
    {.name = "smoke",
     .cases = 100,
     .loss_logits = 110'000,
     .grad_logits = 60'000,
     .family_logits = 1000,
     .most_classes = 1000,
     .most_soft_classes = 1000},
    {.name = "ci",
     .cases = 500,
     .loss_logits = all_logits,
     .grad_logits = 160'000,
     .family_logits = 4000,
     .most_classes = 50257,
     .most_soft_classes = 1000},
    {.name = "full",
     .cases = 5000,
     .loss_logits = all_logits,
     .grad_logits = all_logits,
     .family_logits = 40'000,
     .family_rows = 6,
     .most_classes = 50257,
     .most_soft_classes = 50257,
     .every_instruction_set = true},
};

}  // namespace xent::properties
