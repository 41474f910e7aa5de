// SPDX-License-Identifier: MIT
// The implementations, and what each one says of itself.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

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

  /// Returns the same implementation, whose kernels compute as `execution` says where a call states
  /// no execution.
  Implementation with(const Execution& execution) const {
    Implementation other = *this;
    other.f32.kernel = f32.kernel.with(execution);
    other.f64.kernel = f64.kernel.with(execution);
    other.bf16.kernel = bf16.kernel.with(execution);
    other.f16.kernel = f16.kernel.with(execution);
    return other;
  }
};

/// Returns all implementations, in the order of impl/implementations.def.
std::span<const Implementation* const> implementations();

/// Returns the implementation of that name, or nullptr where there is none.
const Implementation* find_implementation(std::string_view name);

}  // namespace xent
