// SPDX-License-Identifier: MIT
// Expects that something fails, and that what it says is one line that names the fault.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace xent::tests {

/// Expects `act` to throw an Exception whose message is one line that holds `part`.
template <class Exception, class Act>
void expect_fault(Act act, std::string_view part) {
  try {
    act();
  } catch (const Exception& fault) {
    const std::string message = fault.what();
    EXPECT_NE(message.find(part), std::string::npos) << message << "\ndoes not hold: " << part;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return;
  }
  ADD_FAILURE() << "not found: " << part;
}

}  // namespace xent::tests
