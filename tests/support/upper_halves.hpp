// SPDX-License-Identifier: MIT
// Says whether the upper halves of the vector registers are in use (machine/upper_halves.hpp), on
// the processors that tell it.
#pragma once

#include <cstdint>

#include "machine/upper_halves.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace xent::tests {

#if defined(__x86_64__)

/// Tells whether an upper half of a 256-bit register is in use: XGETBV with ECX = 1.
inline bool upper_halves_are_in_use() {
  std::uint32_t low = 0, high = 0;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(1));
  return (low >> 2 & 1) != 0;
}

/// Makes use of one.
inline void use_an_upper_half() { asm volatile("vpcmpeqd %%ymm1, %%ymm1, %%ymm1" ::: "xmm1"); }

/// Tells whether the processor has upper halves and says truly whether they are in use.
inline bool tells_use_of_upper_halves() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__builtin_cpu_supports("avx") || __get_cpuid_count(0xD, 1, &a, &b, &c, &d) == 0)
    return false;
  if ((a >> 2 & 1) == 0) return false;
  use_an_upper_half();
  const bool knows_use = upper_halves_are_in_use();
  machine::clear_upper_halves();
  return knows_use && !upper_halves_are_in_use();
}

#else

inline bool upper_halves_are_in_use() { return false; }
inline void use_an_upper_half() {}
inline bool tells_use_of_upper_halves() { return false; }

#endif

}  // namespace xent::tests
