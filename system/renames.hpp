// SPDX-License-Identifier: MIT
// Renames that belong together, and that SIGKILL to this program does not part.
#pragma once

#include <cstddef>
#include <span>

namespace xent::system {

struct Rename {
  const char* from = nullptr;
  const char* to = nullptr;
};

/// Renames one after the other, in a process of its own, which goes on when this one is killed.
/// Returns how many are done: not all where one cannot be, none where there can be no such process.
/// The caller does the rest.
std::size_t rename_apart(std::span<const Rename> renames) noexcept;

}  // namespace xent::system
