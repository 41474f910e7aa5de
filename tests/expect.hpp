// SPDX-License-Identifier: MIT
// Expectations of a test program: a line for each that is not met, and an exit code.
#pragma once

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace xent::tests {

inline int unmet = 0;

inline void expect(bool met, std::string_view what) {
  if (met) return;
  ++unmet;
  (void)std::fprintf(stderr, "not so: %s\n", std::string(what).c_str());
}

/// Expects `act` to throw an Exception whose message holds `part`.
template <class Exception, class Act>
void expect_fault(Act act, std::string_view part) {
  try {
    act();
  } catch (const Exception& fault) {
    const std::string message = fault.what();
    expect(message.find(part) != std::string::npos,
           "'" + message + "' names '" + std::string(part) + "'");
    expect(message.find('\n') == std::string::npos, "'" + message + "' is one line");
    return;
  }
  expect(false, "a fault is found: " + std::string(part));
}

/// What main returns.
inline int exit_code() { return unmet == 0 ? 0 : 1; }

}  // namespace xent::tests
