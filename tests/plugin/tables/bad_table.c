/* SPDX-License-Identifier: MIT
 *
 * A plugin whose table breaks one rule: that which BAD names. */
#include <math.h>
#include <stddef.h>
#include <xent_plugin.h>

static xent_status compute(const xent_problem* problem, const xent_results* results,
                           const xent_execution* execution) {
  (void)problem;
  (void)results;
  (void)execution;
  return XENT_OK;
}

enum {
  BAD_VERSION = 1,
  BAD_SIZE,
  BAD_KERNEL_SIZE,
  BAD_NAME,
  BAD_BUILT_IN,
  BAD_TWICE,
  BAD_NAN,
  BAD_TIER,
  BAD_BITS,
  BAD_COMPUTE,
  BAD_COUNT,
  BAD_CONTRADICTION,
  BAD_NULL,
  BAD_FUNCTION,
  BAD_BOTH
};

static void bounds_of_row(const xent_row_facts* row, xent_bound* loss, xent_bound* grad,
                          xent_bound* lse) {
  (void)row;
  (void)lse;
  loss->ulp = 3;
  grad->absolute = (double)NAN;
}

static xent_kernel made = {
    .size = sizeof(xent_kernel),
    .name = "mine",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    .tier = XENT_TIER_ACCURATE,
};
static const xent_kernel* const kernels[] = {&made, &made};
static xent_plugin table = {sizeof(xent_plugin), XENT_PLUGIN_VERSION, 1, kernels};

#ifdef BAD_SYMBOL
#define xent_plugin_table another_name
XENT_API const xent_plugin* another_name(void);
#endif

XENT_API const xent_plugin* xent_plugin_table(void) {
  switch (BAD) {
    case BAD_VERSION: table.plugin_version = 7; break;
    case BAD_SIZE: table.size = 8; break;
    case BAD_KERNEL_SIZE: made.size = 4; break;
    case BAD_NAME: made.name = "my kernel"; break;
    case BAD_BUILT_IN: made.name = "simd"; break;
    case BAD_TWICE: table.kernel_count = 2; break;
    case BAD_NAN: made.loss_bound.ulp = (double)NAN; break;
    case BAD_TIER: made.grad_bound.ulp = 100; break;
    case BAD_BITS: made.types = 1U << 9; break;
    case BAD_COMPUTE: made.compute = 0; break;
    case BAD_COUNT: table.kernel_count = 0; break;
    case BAD_CONTRADICTION: made.takes = XENT_TAKES_KL_DIVERGENCE; break;
    case BAD_NULL: return 0;
    case BAD_BOTH:
      made.loss_bound.ulp = 2;
      made.bounds_of_row = bounds_of_row;
      break;
    case BAD_FUNCTION:
      made.tier = XENT_TIER_STABLE;
      made.bounds_of_row = bounds_of_row;
      break;
    default: break;
  }
  return &table;
}
