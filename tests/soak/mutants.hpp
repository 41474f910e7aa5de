// SPDX-License-Identifier: MIT
// Mutants of the soak: a sound implementation and mistakes that real kernels made, one of each
// kind.
#pragma once

#include <span>
#include <string_view>

#include <xent/implementation.hpp>

namespace xent::soak {

struct Mutant {
  std::string_view mistake;
  Implementation implementation;
  bool wrong = true;  // false: the implementation that the others are made of
};

std::span<const Mutant> mutants();

}  // namespace xent::soak
