// SPDX-License-Identifier: MIT
// What a kernel of a plugin claims, in the terms of a contract.
#pragma once

#include <vector>

#include <xent/implementation.hpp>

#include "plugin/wire.hpp"

namespace xent::plugin {

Tier tier_of(const WireKernel& kernel);

/// Tells whether the kernel promises anything of its errors.
bool promises(const WireKernel& kernel);

Domain domain_of(const WireKernel& kernel);
Offers offers_of(const WireKernel& kernel);

/// Returns the laws that a kernel does not claim: those of bounds where it states none, and, below
/// the tier `accurate`, that no loss is lost.
std::vector<Unclaimed> unclaimed_by(const WireKernel& kernel);

}  // namespace xent::plugin
