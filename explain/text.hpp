// SPDX-License-Identifier: MIT
// Claims in words.
#pragma once

#include "explain/explain.hpp"
#include "explain/fitting/claims.hpp"

namespace xent::explain {

/// Returns what a claim says. `tied`: others are as good.
Finding finding_of(const Given& given, const Claim& claim, bool tied);

}  // namespace xent::explain
