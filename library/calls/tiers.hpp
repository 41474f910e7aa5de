// SPDX-License-Identifier: MIT
// Tiers as numbers of the C interface.
#pragma once

#include <cstdint>

#include <xent.h>

#include <xent/contract.hpp>

namespace xent::library {

constexpr std::int32_t number_of(Tier tier) {
  switch (tier) {
    case Tier::none: return XENT_TIER_NONE;
    case Tier::stable: return XENT_TIER_STABLE;
    case Tier::accurate: return XENT_TIER_ACCURATE;
    case Tier::faithful: return XENT_TIER_FAITHFUL;
    case Tier::correctly_rounded: return XENT_TIER_CORRECTLY_ROUNDED;
  }
  __builtin_unreachable();
}

}  // namespace xent::library
