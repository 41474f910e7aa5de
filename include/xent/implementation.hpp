// SPDX-License-Identifier: MIT
// Implementations, and the list of them.
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

/// All implementations, in the order of impl/implementations.def.
std::span<const Implementation* const> implementations();

/// The implementation of that name, or nullptr.
const Implementation* find_implementation(std::string_view name);

/// The instruction sets that this build has code for and this machine can run, best first.
std::vector<std::string> instruction_sets();

/// Makes the dispatched implementations use that instruction set; an empty name means the best one.
/// False where instruction_sets() does not hold the name. Not to be called while a kernel runs.
bool use_instruction_set(std::string_view name);

/// Makes the implementations that share their rows among threads use that many, at least 1 and at
/// most 1024; at first it is 1. Where the system gives a process no more threads, kernels use
/// fewer, and the results have the same bits. Returns how many the calling thread can have now. Not
/// to be called while a kernel runs.
///
/// Each worker computes in the floating-point environment of the thread that called the kernel, and
/// has its own again afterwards. A process that was forked after a kernel had used threads computes
/// on one thread, since the workers exist in its parent alone.
int use_threads(int count);

/// What use_threads() was told.
int threads();

}  // namespace xent
