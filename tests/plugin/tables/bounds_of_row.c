/* SPDX-License-Identifier: MIT
 *
 * The kernel of torch_formula.c with bounds that are a function of the row: what the sum of so many
 * exponentials in float allows, and under the second name a hundredth of it. */

#include <xent_plugin.h>

/* The table of torch_formula.c gets another name, so that this plugin has one of its own. */
XENT_API const xent_plugin* torch_table(void);
#define xent_plugin_table torch_table
#include "examples/plugin/torch_formula.c"
#undef xent_plugin_table

static void bounds_of_row(const xent_row_facts* facts, xent_bound* loss, xent_bound* grad,
                          xent_bound* lse) {
  const xent_bound bound = {.relative = 4, .absolute = facts->classes + 16};
  *loss = *grad = *lse = bound;
}

static void too_small_bounds(const xent_row_facts* facts, xent_bound* loss, xent_bound* grad,
                             xent_bound* lse) {
  const xent_bound bound = {.absolute = (facts->classes + 16) / 100};
  *loss = *grad = *lse = bound;
}

static const xent_kernel by_function = {
    .size = sizeof(xent_kernel),
    .name = "by_function",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    DOMAIN,
    .bounds_of_row = bounds_of_row,
};

static const xent_kernel too_small = {
    .size = sizeof(xent_kernel),
    .name = "too_small",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    DOMAIN,
    .bounds_of_row = too_small_bounds,
};

static const xent_kernel* const both[] = {&by_function, &too_small};
static const xent_plugin table_of_both = {
    .size = sizeof(xent_plugin),
    .plugin_version = XENT_PLUGIN_VERSION,
    .kernel_count = 2,
    .kernels = both,
};

XENT_API const xent_plugin* xent_plugin_table(void) { return &table_of_both; }
