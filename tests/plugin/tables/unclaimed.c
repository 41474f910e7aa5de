/* SPDX-License-Identifier: MIT
 *
 * The kernel of torch_formula.c without a claim: the suite says what it measures, and which tier that
 * would deserve. */
#include <xent_plugin.h>

/* The table of torch_formula.c gets another name, so that this plugin has one of its own. */
XENT_API const xent_plugin* torch_table(void);
#define xent_plugin_table torch_table
#include "examples/plugin/torch_formula.c"
#undef xent_plugin_table

static const xent_kernel unclaimed = {
    .size = sizeof(xent_kernel),
    .name = "unclaimed",
    .summary = "log S - (x_y - m), in float, with no claim",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    DOMAIN,
};

static const xent_kernel* const unclaimed_kernels[] = {&unclaimed};
static const xent_plugin unclaimed_table = {
    .size = sizeof(xent_plugin),
    .plugin_version = XENT_PLUGIN_VERSION,
    .kernel_count = 1,
    .kernels = unclaimed_kernels,
};

XENT_API const xent_plugin* xent_plugin_table(void) { return &unclaimed_table; }
