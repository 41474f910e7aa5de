// SPDX-License-Identifier: MIT
// A claim says how much a trial explains, and how surely.
#pragma once

#include <cstddef>
#include <vector>

#include "explain/fitting/trial.hpp"

namespace xent::explain {

struct Claim {
  const Trial* trial = nullptr;
  std::array<bool, all_quantities.size()> explains = {};  // of the wrong quantities
  bool whole = false;            // all of them, and it gives the right ones too
  bool every = false;            // every row that is compared, not only the wrong ones
  bool sure = false;             // by chance it would not agree
  bool sure_alone = false;       // nor would it where no other hypothesis agrees
  std::ptrdiff_t explained = 0;  // wrong rows that agree
  double deviation = 0;          // root mean square of those, in tolerances

  bool any() const { return explains[0] || explains[1] || explains[2]; }
};

Claim claim_of(const Given& given, const Trial& trial);

/// Returns the best claims for one quantity, those that nothing tells apart, each of another
/// hypothesis; only sure ones where there are any. One that would be sure alone, and is alone, is
/// made sure.
std::vector<Claim> best_claims(const std::vector<Claim>& claims, Quantity quantity);

}  // namespace xent::explain
