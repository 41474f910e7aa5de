/* SPDX-License-Identifier: MIT
 *
 * Crashes at shapes that only the benchmark has. */
#include <stdlib.h>

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  if (classes_of(problem->logits) == 777) abort();
}
