/* SPDX-License-Identifier: MIT
 *
 * Leaves the rounding mode changed. */
#include <fenv.h>

#include "hostile.h"

static void misbehave(const xent_problem* problem, const xent_results* results) {
  (void)problem;
  (void)results;
  fesetround(FE_UPWARD);
}
