// SPDX-License-Identifier: MIT
// Tells which of Google Highway's targets an instruction set is.
#pragma once

#include <cstdint>

#include <xent/execution.hpp>

namespace xent::impl {

/// Returns the bit of the target, as Highway numbers them; for the best, the bits of all targets of
/// this machine, of which Highway takes the best.
std::int64_t target_of(InstructionSet set) noexcept;

}  // namespace xent::impl
