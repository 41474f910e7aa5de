// SPDX-License-Identifier: MIT
// Kernel rules: what the table of a plugin may say of its kernels.
#pragma once

#include <string>

#include "plugin/wire.hpp"

namespace xent::plugin {

/// Throws FileError, which names the plugin, the kernel and the field, where the table breaks a
/// rule: a name that is no word or that another kernel or implementation has, a bit that is not
/// known, a number that is no number, claims that contradict each other.
void check_kernels(const std::string& path, const Loaded& loaded);

}  // namespace xent::plugin
