// SPDX-License-Identifier: MIT
// Calls a check of functions in lanes on every instruction set of the machine.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include <xent/execution.hpp>

#include "tests/impl/simd/chosen_target.hpp"

namespace xent::tests {

/// Calls check(), which calls what HWY_DYNAMIC_DISPATCH chooses, once for each instruction set.
template <class Check>
void on_every_target(const Check& check) {
  for (const std::string& name : instruction_sets()) {
    SCOPED_TRACE(name);
    const ChosenTarget chosen(name);
    check();
  }
}

}  // namespace xent::tests

/// Defines a test that calls check(), a function of every target, on each instruction set. Put it
/// outside HWY_NAMESPACE, once.
#define XENT_TEST_ON_EVERY_TARGET(suite, name, check)              \
  HWY_EXPORT(check);                                               \
  TEST(suite, name) {                                              \
    tests::on_every_target([] { HWY_DYNAMIC_DISPATCH(check)(); }); \
  }
