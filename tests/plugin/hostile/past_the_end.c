/* SPDX-License-Identifier: MIT
 *
 * Writes one element past the end of the loss. */
#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  volatile float* const loss = results->loss->data;
  loss[results->loss->ndim == 1 ? results->loss->shape[0] : 1] = 7;
}
