// SPDX-License-Identifier: MIT
// Makes a request of a problem: its tensors are laid out in an arena, each between guard pages, its
// end at the end of a page, and copied there and back, with all that lies between their elements.
#pragma once

#include <xent/execution.hpp>
#include <xent/problem.hpp>

#include "plugin/shared_memory.hpp"
#include "plugin/wire.hpp"

namespace xent::plugin {

/// Fills the request but for its kernel and calls, makes the arena large enough, and copies all
/// tensors into it, the outputs too: what a kernel does not write stays as it was.
template <class T>
void make_request(const Problem<T>& problem, const Outputs<T>& out, const Execution& execution,
                  Request& request, SharedMemory& arena);

/// Copies the outputs of the request back.
template <class T>
void take_outputs(const Outputs<T>& out, const Request& request, const SharedMemory& arena);

}  // namespace xent::plugin
