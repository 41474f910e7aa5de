// SPDX-License-Identifier: MIT
// Notes a deadly signal in the shared memory, where the program finds it when the worker is gone.
#pragma once

#include "plugin/wire.hpp"

namespace xent::plugin {

/// Lets deadly signals of any thread be noted in `control`, after which the process ends.
void note_crashes(Control& control);

/// Gives the calling thread a stack of its own for the handler, since its own may be what has run
/// out.
void have_signal_stack();

/// Returns the bytes of private memory that this process may write to; 0 where it is not known. A
/// signal handler may call it.
std::uint64_t data_bytes();

}  // namespace xent::plugin
