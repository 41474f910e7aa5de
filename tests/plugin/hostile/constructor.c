/* SPDX-License-Identifier: MIT
 *
 * Misbehaves while it is loaded: it crashes, or hangs where CONSTRUCTOR_HANGS is defined. */
#include <stdlib.h>

__attribute__((constructor)) static void misbehave(void) {
#ifdef CONSTRUCTOR_HANGS
  volatile int again = 1;
  while (again) {
  }
#else
  abort();
#endif
}
