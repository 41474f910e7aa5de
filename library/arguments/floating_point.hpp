// SPDX-License-Identifier: MIT
// Tests the floating-point environment of the thread for as little as it costs to read a register.
#pragma once

#include <xent/environment.hpp>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace xent::library {

/// Tells whether the register that float and double obey says at once that they are rounded to
/// nearest and their subnormal numbers kept.
inline bool is_surely_default() {
#if defined(__SSE2__)
  constexpr unsigned rounding = 0x6000, flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  return (_mm_getcsr() & (rounding | flush_to_zero | denormals_are_zero)) == 0;
#elif defined(__aarch64__)
  constexpr unsigned long rounding = 3UL << 22, flush_to_zero = 1UL << 24;
  unsigned long fpcr = 0;
  asm volatile("mrs %0, fpcr" : "=r"(fpcr));
  return (fpcr & (rounding | flush_to_zero)) == 0;
#else
  return false;
#endif
}

/// Throws InvalidProblem where validate_environment() does.
inline void check_environment() {
  if (!is_surely_default()) validate_environment();
}

}  // namespace xent::library
