/* SPDX-License-Identifier: MIT
 *
 * Writes one element before the start of the loss. */
#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  volatile float* const loss = results->loss->data;
  loss[-1] = 7;
}
