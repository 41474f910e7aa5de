// SPDX-License-Identifier: MIT
// What eval takes for --impl.
#pragma once

#include <string>
#include <vector>

#include <xent/implementation.hpp>

namespace xent::tests {

/// The names of the reference and of every implementation.
inline std::vector<std::string> evaluators() {
  std::vector<std::string> names = {"reference"};
  for (const Implementation* one : implementations()) names.emplace_back(one->name);
  return names;
}

}  // namespace xent::tests
