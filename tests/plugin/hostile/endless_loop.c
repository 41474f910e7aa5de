/* SPDX-License-Identifier: MIT
 *
 * Never returns. */
#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  volatile int again = 1;
  while (again) {
  }
}
