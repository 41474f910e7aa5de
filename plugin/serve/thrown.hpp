// SPDX-License-Identifier: MIT
// What a function of a plugin throws, as text: a C++ exception must not leave the worker.
#pragma once

#include <exception>
#include <optional>
#include <string>

namespace xent::plugin {

/// Calls f and returns what it threw; nothing where it returned.
template <class F>
std::optional<std::string> thrown_by(F f) {
  try {
    f();
    return std::nullopt;
  } catch (const std::exception& thrown) {
    return thrown.what();
  } catch (...) {
    return "of a type that is no std::exception";
  }
}

}  // namespace xent::plugin
