// SPDX-License-Identifier: MIT
// Fault text: what a plugin did, in one line.
#pragma once

#include <string>

#include "plugin/wire.hpp"

namespace xent::plugin {

/// A fault, and its kind, by which faults are counted.
struct Fault {
  std::string kind;
  std::string text;
};

/// Says how a worker ended: `status` is that of waitpid(). The signal's address is looked up among
/// the tensors of the slots.
Fault fault_of_end(const Control& control, int status);

/// Says that a call did not return in time; `data_bytes` is the memory that the worker had taken.
Fault fault_of_delay(const Control& control, double seconds, std::uint64_t data_bytes);

/// Says what a call that returned did wrong.
Fault fault_of(const Reply& reply);

}  // namespace xent::plugin
