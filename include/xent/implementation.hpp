// SPDX-License-Identifier: MIT
// The implementations, the choice of an instruction set, and the number of threads.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <xent/contract.hpp>

namespace xent {

/// A law that an implementation does not claim, and why.
struct Unclaimed {
  std::string_view law;
  std::string_view reason;
};

/// One way to compute the problem, with a contract for each element type.
struct Implementation {
  std::string_view name;     // impl/<name>.cpp
  std::string_view summary;  // one line
  std::string_view source;   // the paper it follows
  Contract<float> f32 = {};
  Contract<double> f64 = {};
  Contract<xent::bf16> bf16 = {};
  Contract<xent::f16> f16 = {};
  std::span<const Unclaimed> unclaimed = {};
  bool dispatched = false;  // its code depends on the instruction set in use

  /// Returns the contract for logits of type T.
  template <class T>
  const Contract<T>& contract() const {
    if constexpr (std::is_same_v<T, float>)
      return f32;
    else if constexpr (std::is_same_v<T, double>)
      return f64;
    else if constexpr (std::is_same_v<T, xent::bf16>)
      return bf16;
    else
      return f16;
  }
};

/// Returns all implementations, in the order of impl/implementations.def.
std::span<const Implementation* const> implementations();

/// Returns the implementation of that name, or nullptr where there is none.
const Implementation* find_implementation(std::string_view name);

/// Returns the instruction sets that this build has code for and this machine can run, best first.
std::vector<std::string> instruction_sets();

/// Makes the dispatched implementations use that instruction set; an empty name means the best one.
/// Returns false, and changes nothing, where instruction_sets() does not have the name. Do not call
/// it while a kernel runs.
bool use_instruction_set(std::string_view name);

/// Makes kernels use up to `count` threads, at least 1 and at most 1024; before the first call they
/// use 1. Where the system gives the process fewer threads, kernels use fewer, and the results have
/// the same bits. Returns how many threads the calling thread can have now. Do not call it while a
/// kernel runs.
///
/// Each worker computes in the floating-point environment of the thread that called the kernel, and
/// has its own again afterwards. A process that was forked after a kernel had used threads computes
/// on one thread, since the workers exist in its parent alone.
int use_threads(int count);

/// Returns the count that use_threads() was given, at least 1.
int threads();

}  // namespace xent
