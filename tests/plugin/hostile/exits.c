/* SPDX-License-Identifier: MIT
 *
 * Ends its process as if all were well. */
#include <stdlib.h>

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  exit(0);
}
