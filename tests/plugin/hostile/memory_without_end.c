/* SPDX-License-Identifier: MIT
 *
 * Takes memory and never gives it back. It writes to the first byte of each piece alone, so that the
 * limit is met before the machine's memory is filled. */
#include <stdlib.h>

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  for (;;) *(volatile char*)malloc(1 << 24) = 1;
}
