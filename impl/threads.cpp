// SPDX-License-Identifier: MIT
// How many threads the kernels may use.

#include <algorithm>

#include <xent/implementation.hpp>

namespace xent {
namespace {

int count_in_use = 1;

}  // namespace

void use_threads(int count) { count_in_use = std::max(count, 1); }

int threads() { return count_in_use; }

}  // namespace xent
