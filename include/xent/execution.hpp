// SPDX-License-Identifier: MIT
// Says how one call of a kernel computes: on how many threads, with which instruction set. It is
// part of the call, so that callers with different settings do not meet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xent {

/// An instruction set that find_instruction_set() returned, or the best of this build and machine.
enum class InstructionSet : std::int64_t { best = 0 };

/// Returns the names of the instruction sets that this build has code for and this machine can run,
/// best first.
std::vector<std::string> instruction_sets();

/// Returns the instruction set of that name; the best for an empty name; nothing where
/// instruction_sets() does not have the name.
std::optional<InstructionSet> find_instruction_set(std::string_view name);

/// How a kernel computes. The bits of its results depend on the instruction set, and not on the
/// number of threads where the contract says `reproducible`.
struct Execution {
  /// The most threads that the call may use, from 1 to 1024. Where the system gives the process
  /// fewer, it uses fewer. Each worker computes in the floating-point environment of the caller,
  /// and has its own again afterwards. A process that was forked after a kernel had used threads
  /// computes on one, since the workers exist in its parent alone.
  int threads = 1;
  /// Used by the dispatched implementations.
  InstructionSet instruction_set = InstructionSet::best;
};

/// Returns how many of `wanted` threads, at least 1 and at most 1024, the calling thread can have
/// now.
int available_threads(int wanted);

}  // namespace xent
