/* SPDX-License-Identifier: MIT
 *
 * Writes to its labels. */
#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  volatile char* const label = problem->labels->data;
  label[0] = label[0];
}
