// SPDX-License-Identifier: MIT
// One call of a kernel of a plugin, and what it did besides computing.
#pragma once

#include "plugin/serve/captured_output.hpp"
#include "plugin/serve/guarded.hpp"
#include "plugin/serve/open_plugin.hpp"
#include "plugin/wire.hpp"

namespace xent::plugin {

/// Computes the request with tensors in `memory`, which is open to it, and looks whether the kernel
/// kept the rules; the floating-point environment is as before in any case. Where calls are timed,
/// these are preceded by one that is not.
Reply call(Compute compute, const Request& request, const Guarded& memory,
           const CapturedOutput& output);

}  // namespace xent::plugin
