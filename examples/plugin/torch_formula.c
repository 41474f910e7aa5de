/* SPDX-License-Identifier: MIT
 *
 * A plugin with PyTorch's formula, in float. With m the largest logit and S = sum_j exp(x_j - m),
 *
 *   loss = log S - (x_y - m),   g_j = exp(x_j - m) / S - [j = y]
 *
 * It is a kernel of the tier `stable`: nothing overflows, and the absolute error is bounded. S holds
 * the 1 of the maximum, though, and p - 1 cancels, so small losses and gradients lose their digits:
 * the second kernel, the same function that claims `accurate`, fails. */
#include <math.h>

#include "rows.h"

static xent_status compute(const xent_problem* problem, const xent_results* results,
                           const xent_execution* execution) {
  (void)execution;
  const int64_t classes = classes_of(problem->logits);
  const int64_t inner = inner_of(problem->logits);
  const double divisor = divisor_of(problem);
  double losses = 0;
  for (int64_t r = 0; r < rows_of(problem->logits); ++r) {
    const row x = row_at(problem->logits, r);
    const int64_t label = label_at(problem->labels, r, inner);
    float m = -INFINITY;
    for (int64_t j = 0; j < classes; ++j)
      if (x.first[j * x.stride] > m) m = x.first[j * x.stride];
    float sum = 0;
    for (int64_t j = 0; j < classes; ++j) sum += expf(x.first[j * x.stride] - m);
    const float log_sum = logf(sum);
    if (results->lse) *(float*)at_row(results->lse, r, inner, sizeof(float)) = m + log_sum;
    const float loss = log_sum - (x.first[label * x.stride] - m);
    put_loss(problem, results, r, loss, &losses);
    if (!results->grad) continue;
    const row g = row_at(results->grad, r);
    const float scale = (float)(1 / divisor);
    for (int64_t j = 0; j < classes; ++j) {
      const float p = expf(x.first[j * x.stride] - m) / sum;
      g.first[j * g.stride] = (j == label ? p - 1 : p) * scale;
    }
  }
  put_sum(problem, results, losses, divisor);
  return XENT_OK;
}

/* Beyond these limits differences of logits, and the sum of their exponentials, err by more. */
#define DOMAIN .min_logit = -0x1p40, .max_logit = 0x1p40, .max_classes = 1 << 17

static const xent_kernel torch_formula = {
    .size = sizeof(xent_kernel),
    .name = "torch_formula",
    .summary = "log S - (x_y - m), in float",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    .tier = XENT_TIER_STABLE,
    DOMAIN,
    .reproducible = 1,
};

static const xent_kernel torch_formula_accurate = {
    .size = sizeof(xent_kernel),
    .name = "torch_formula_accurate",
    .summary = "the same, with a claim that it does not keep",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    .tier = XENT_TIER_ACCURATE,
    DOMAIN,
    .reproducible = 1,
};

static const xent_kernel* const kernels[] = {&torch_formula, &torch_formula_accurate};
static const xent_plugin table = {
    .size = sizeof(xent_plugin),
    .plugin_version = XENT_PLUGIN_VERSION,
    .kernel_count = 2,
    .kernels = kernels,
};

XENT_API const xent_plugin* xent_plugin_table(void) { return &table; }
