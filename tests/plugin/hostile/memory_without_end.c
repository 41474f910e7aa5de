/* SPDX-License-Identifier: MIT
 *
 * Takes memory and never gives it back. */
#include <stdlib.h>
#include <string.h>

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  for (;;) memset(malloc(1 << 24), 1, 1 << 24);
}
