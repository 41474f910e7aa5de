/* SPDX-License-Identifier: MIT
 *
 * Lets subnormal numbers be flushed to zero. */
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040U);
#elif defined(__aarch64__)
  unsigned long control = 0;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | (1UL << 24)));
#endif
}
