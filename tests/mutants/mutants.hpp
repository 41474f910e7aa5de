// SPDX-License-Identifier: MIT
// Mutants: one sound implementation, and known mistakes put into it one at a time.
#pragma once

#include <span>
#include <string_view>

#include <xent/implementation.hpp>

namespace xent::tests {

/// A mistake, and the law that must find it.
struct Mutant {
  std::string_view mistake;
  std::string_view law;
  Implementation implementation;
};

/// Free of mistakes: every law holds.
const Implementation& sound_implementation();

std::span<const Mutant> mutants();

}  // namespace xent::tests
