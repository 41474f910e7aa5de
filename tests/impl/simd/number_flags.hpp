// SPDX-License-Identifier: MIT
// The processor's sticky flags for operands that are subnormal and for results that underflow.
#pragma once

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace xent::tests {

inline constexpr unsigned subnormal_operand = 0x02;
inline constexpr unsigned underflow = 0x10;

struct LoopFlags {
  unsigned sweep = 0;
  unsigned gradient = 0;
};

#if defined(__x86_64__)
inline constexpr bool has_number_flags = true;
inline void clear_number_flags() { _mm_setcsr(_mm_getcsr() & ~0x3FU); }
inline unsigned number_flags() { return _mm_getcsr() & (subnormal_operand | underflow); }
#else
inline constexpr bool has_number_flags = false;
inline void clear_number_flags() {}
inline unsigned number_flags() { return 0; }
#endif

}  // namespace xent::tests
