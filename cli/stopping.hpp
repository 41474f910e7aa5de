// SPDX-License-Identifier: MIT
// Stopping: work that a signal ends between two of its steps, what is finished kept.
#pragma once

#include <stdexcept>

#include "system/interruption.hpp"

namespace xent::cli {

/// The work was asked to stop (see system::StopsGracefully).
struct Interrupted : std::runtime_error {
  Interrupted() : std::runtime_error("interrupted") {}
};

inline void stop_if_interrupted() {
  if (system::interrupted()) throw Interrupted();
}

}  // namespace xent::cli
