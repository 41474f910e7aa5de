// SPDX-License-Identifier: MIT
// How much a test that can take minutes is to do.
#pragma once

#include <cstdlib>

namespace xent::tests {

/// True in `ctest --preset long`, where a test judges all of its inputs; elsewhere it judges a
/// sample.
inline bool is_long_run() { return std::getenv("XENT_LONG") != nullptr; }

}  // namespace xent::tests
