// SPDX-License-Identifier: MIT
// Clears the upper halves where the processor that runs this has AVX.
#include "machine/upper_halves.hpp"

namespace xent::machine {

#if defined(__x86_64__) || defined(__i386__)

void clear_upper_halves() noexcept {
  static const auto has_avx = static_cast<bool>(__builtin_cpu_supports("avx"));  // g++: an int
  if (has_avx) asm volatile("vzeroupper" ::: "memory");
}

#else

void clear_upper_halves() noexcept {}

#endif

}  // namespace xent::machine
