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
#define XENT_CONTRACT(element, T) Contract<T> element = {};
  XENT_EACH_ELEMENT(XENT_CONTRACT)  // f32, f64, …
#undef XENT_CONTRACT
  std::span<const Unclaimed> unclaimed = {};
  bool dispatched = false;  // its code depends on the instruction set in use
  /// The shared library that it is a kernel of; "" where it is one of this program.
  std::string_view plugin = {};

  /// Returns the contract for logits of type T.
  template <class T>
  const Contract<T>& contract() const {
    return of(std::type_identity<T>());
  }

  /// Returns the same implementation, whose kernels compute as `execution` says where a call states
  /// no execution.
  Implementation with(const Execution& execution) const {
    Implementation other = *this;
#define XENT_WITH(element, T) other.element.kernel = element.kernel.with(execution);
    XENT_EACH_ELEMENT(XENT_WITH)
#undef XENT_WITH
    return other;
  }

 private:
#define XENT_CONTRACT(element, T) \
  const Contract<T>& of(std::type_identity<T>) const { return element; }
  XENT_EACH_ELEMENT(XENT_CONTRACT)
#undef XENT_CONTRACT
};

/// Initializes the contracts of an Implementation: `.f32 = contract<float>(), …`.
#define XENT_CONTRACTS XENT_EACH_ELEMENT(XENT_CONTRACT_OF)
#define XENT_CONTRACT_OF(element, T) .element = contract<T>(),

/// Returns all implementations, in the order of impl/implementations.def, then those added.
std::span<const Implementation* const> implementations();

/// Adds an implementation whose name no other has. It must live as long as the process. To be
/// called before other threads ask for implementations; spans that were returned before end to be
/// valid.
void add_implementation(const Implementation& implementation);

/// Returns the implementation of that name, or nullptr where there is none.
const Implementation* find_implementation(std::string_view name);

}  // namespace xent
