/* SPDX-License-Identifier: MIT
 *
 * Reads through a null pointer. */
#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  const volatile int* volatile nothing = 0;
  (void)*nothing;
}
