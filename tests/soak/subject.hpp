// SPDX-License-Identifier: MIT
// Subjects: what a soak judges, an implementation on one instruction set.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <xent/implementation.hpp>

namespace xent::soak {

struct Subject {
  const Implementation* implementation = nullptr;
  std::string instruction_set = {};  // "" where it is not dispatched
};

/// The implementations whose name matches one of the comma-separated patterns (* any run of
/// characters), each on every instruction set of the machine, or on that one.
std::vector<Subject> subjects_of(const std::vector<const Implementation*>& implementations,
                                 const std::string& patterns, const std::string& instruction_set);

}  // namespace xent::soak
