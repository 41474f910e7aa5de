// SPDX-License-Identifier: MIT
// Processor: the name of the one that this runs on.
#pragma once

#include <string>

namespace xent::machine {

/// From the files under `root`: the model name of /proc/cpuinfo, or where there is none (aarch64)
/// the cores' names from their makers' codes in /proc/cpuinfo or /sys, as in "Arm Cortex-A53 + Arm
/// Cortex-A72"; a code that is not in machine/arm_cores.def is named as it is. "unknown" where no
/// file says anything.
std::string processor(const std::string& root = "");

}  // namespace xent::machine
