// SPDX-License-Identifier: MIT
// The bounds of a row by the function of a kernel of a plugin.
#pragma once

#include <xent_plugin.h>

#include "plugin/wire.hpp"

namespace xent::plugin {

using BoundsOfRow = decltype(xent_kernel::bounds_of_row);

/// Returns what the function fills in. What it throws comes out.
WireBounds row_bounds(BoundsOfRow function, const WireFacts& row);

/// Replies with them, or with what the function threw.
Reply reply_with_bounds(BoundsOfRow function, const WireFacts& row);

/// Returns a bound as the wire has it.
WireBound wire_bound(const xent_bound& bound);

}  // namespace xent::plugin
