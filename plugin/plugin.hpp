// SPDX-License-Identifier: MIT
// Plugins bring kernels of others under the laws, the gates and the benchmarks. Their code runs in
// worker processes, never in the program.
#pragma once

#include <string>

namespace xent::plugin {

/// Adds the kernels of a shared library to the implementations (xent/implementation.hpp). Throws
/// FileError where it cannot be loaded or its table breaks a rule.
void add_plugin(const std::string& path);

}  // namespace xent::plugin
