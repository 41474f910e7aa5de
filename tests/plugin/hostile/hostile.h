/* SPDX-License-Identifier: MIT
 *
 * A kernel that computes what examples/plugin/right.c computes, and then misbehaves. Each plugin of
 * this folder defines misbehave() and includes this file; HOSTILE_NAME is its kernel's name. */
#ifndef XENT_TEST_HOSTILE_H
#define XENT_TEST_HOSTILE_H

#include <xent_plugin.h>

#define xent_plugin_table right_table
#include "examples/plugin/right.c"
#undef xent_plugin_table

#ifdef __cplusplus
#error "right.c is C"
#endif

static void misbehave(const xent_problem* problem, const xent_results* results);

static xent_status compute_and_misbehave(const xent_problem* problem, const xent_results* results,
                                         const xent_execution* execution) {
  const xent_status status = compute(problem, results, execution);
  misbehave(problem, results);
  return status;
}

static const xent_kernel hostile_kernel = {
    .size = sizeof(xent_kernel),
    .name = HOSTILE_NAME,
    .compute = compute_and_misbehave,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    .tier = XENT_TIER_FAITHFUL,
    .max_classes = 1 << 20,
};

static const xent_kernel* const hostile_kernels[] = {&hostile_kernel};
static const xent_plugin hostile_table = {
    .size = sizeof(xent_plugin),
    .plugin_version = XENT_PLUGIN_VERSION,
    .kernel_count = 1,
    .kernels = hostile_kernels,
};

XENT_API const xent_plugin* xent_plugin_table(void);
XENT_API const xent_plugin* xent_plugin_table(void) {
  (void)right_table;
  return &hostile_table;
}

#endif /* XENT_TEST_HOSTILE_H */
