/* SPDX-License-Identifier: MIT
 *
 * A plugin whose kernel is wrong, in a way that is common: the gradient at the label is p - 1, in
 * float. Where the model is confident, p rounds to 1 or near it, and p - 1 to 0 or to a few of its
 * digits, so that such a row learns nothing. All else is as in right.c. */
#include <math.h>

#include "rows.h"

static xent_status compute(const xent_problem* problem, const xent_results* results,
                           const xent_execution* execution) {
  (void)execution;
  const int64_t classes = classes_of(problem->logits);
  const int64_t inner = inner_of(problem->logits);
  const double divisor = divisor_of(problem);
  double sum = 0;
  for (int64_t r = 0; r < rows_of(problem->logits); ++r) {
    const row x = row_at(problem->logits, r);
    const int64_t label = label_at(problem->labels, r, inner);
    double m = -INFINITY;
    int64_t top = 0;
    for (int64_t j = 0; j < classes; ++j) {
      const double x_j = x.first[j * x.stride];
      if (isnan(x_j)) m = NAN;
      if (x_j > m) {
        m = x_j;
        top = j;
      }
    }
    if (isinf(m)) m = NAN;
    double rest = 0;
    for (int64_t j = 0; j < classes; ++j)
      if (j != top) rest += exp(x.first[j * x.stride] - m);
    if (results->lse)
      *(float*)at_row(results->lse, r, inner, sizeof(float)) = (float)(m + log1p(rest));
    put_loss(problem, results, r, m - x.first[label * x.stride] + log1p(rest), &sum);
    if (!results->grad) continue;
    const row g = row_at(results->grad, r);
    for (int64_t j = 0; j < classes; ++j) {
      float p = (float)(exp(x.first[j * x.stride] - m) / (1 + rest));
      if (j == label) p -= 1; /* this is the mistake */
      g.first[j * g.stride] = (float)(p / divisor);
    }
  }
  put_sum(problem, results, sum, divisor);
  return XENT_OK;
}

static const xent_kernel kernel = {
    .size = sizeof(xent_kernel),
    .name = "p_minus_one",
    .summary = "the gradient at the label is p - 1, in float",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    .tier = XENT_TIER_ACCURATE,
    .max_classes = 1 << 20,
    .reproducible = 1,
};

static const xent_kernel* const kernels[] = {&kernel};
static const xent_plugin table = {
    .size = sizeof(xent_plugin),
    .plugin_version = XENT_PLUGIN_VERSION,
    .kernel_count = 1,
    .kernels = kernels,
};

XENT_API const xent_plugin* xent_plugin_table(void) { return &table; }
