// SPDX-License-Identifier: MIT
// Opens a plugin and reads its table of kernels.
#pragma once

#include <vector>

#include <xent_plugin.h>

#include "plugin/serve/row_bounds.hpp"
#include "plugin/wire.hpp"

namespace xent::plugin {

using Compute = decltype(xent_kernel::compute);

/// The functions of one kernel.
struct Functions {
  Compute compute = nullptr;
  BoundsOfRow bounds_of_row = nullptr;
};

/// Opens the shared library and fills `loaded`. Returns the functions of its kernels, in their
/// order.
std::vector<Functions> open_plugin(const char* path, Loaded& loaded);

}  // namespace xent::plugin
