// SPDX-License-Identifier: MIT
// The upper halves of the vector registers of an x86 processor. Code for AVX that leaves them in
// use makes all code for SSE that follows slower, on some processors fifty times, until somebody
// clears them.
#pragma once

namespace xent::machine {

/// Clears the upper halves (VZEROUPPER); nothing where the processor has none.
void clear_upper_halves() noexcept;

}  // namespace xent::machine
