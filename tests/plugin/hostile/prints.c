/* SPDX-License-Identifier: MIT
 *
 * Writes to standard output. */
#include <stdio.h>

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  printf("loss computed\n");
}
