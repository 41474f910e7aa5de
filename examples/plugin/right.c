/* SPDX-License-Identifier: MIT
 *
 * A plugin whose kernel is right: the log-sum-exp formula for f32 logits against labels, in double.
 * With m the largest logit, R the sum of exp(x_j - m) over all classes but one with x_j = m,
 *
 *   loss = (m - x_y) + log1p(R)
 *   g_j = exp(x_j - m) / (1 + R),   g_y = -(sum of exp(x_j - m) over j != y) / (1 + R)
 *
 * Nothing cancels: the 1 of the maximum is in no sum, and there is no p - 1. So a result errs by a
 * few units of double, and less than one ulp of float after it is rounded. */
#include <math.h>

#include "rows.h"

/* What a row's results are made of. */
typedef struct state {
  double m;      /* the largest logit; NaN of a row that has no softmax */
  double rest;   /* R */
  double others; /* the sum of exp(x_j - m) over the classes but the label */
} state;

static state state_of(row x, int64_t classes, int64_t label) {
  state s = {-INFINITY, 0, 0};
  int64_t top = 0;
  for (int64_t j = 0; j < classes; ++j) {
    const double x_j = x.first[j * x.stride];
    if (isnan(x_j)) s.m = NAN;
    if (x_j > s.m) {
      s.m = x_j;
      top = j;
    }
  }
  if (!isfinite(s.m)) s.m = s.rest = NAN; /* of one class nothing else would be NaN */
  for (int64_t j = 0; j < classes; ++j) {
    const double e = exp(x.first[j * x.stride] - s.m);
    if (j != top) s.rest += e;
    if (j != label) s.others += e;
  }
  return s;
}

static void put_gradient(row x, row g, int64_t classes, int64_t label, state s, double divisor) {
  for (int64_t j = 0; j < classes; ++j) {
    const double e = j == label ? -s.others : exp(x.first[j * x.stride] - s.m);
    g.first[j * g.stride] = (float)(e / (1 + s.rest) / divisor);
  }
}

static xent_status compute(const xent_problem* problem, const xent_results* results,
                           const xent_execution* execution) {
  (void)execution; /* one thread is never too many */
  const int64_t classes = classes_of(problem->logits);
  const int64_t inner = inner_of(problem->logits);
  const double divisor = divisor_of(problem);
  double sum = 0;
  for (int64_t r = 0; r < rows_of(problem->logits); ++r) {
    const row x = row_at(problem->logits, r);
    const int64_t label = label_at(problem->labels, r, inner);
    const int ignored = is_ignored(problem, label);
    const state s = state_of(x, classes, ignored ? 0 : label);
    const double log_sum = log1p(s.rest);
    if (results->lse)
      *(float*)at_row(results->lse, r, inner, sizeof(float)) = (float)(s.m + log_sum);
    if (ignored)
      put_loss(problem, results, r, 0, &sum);
    else
      put_loss(problem, results, r, s.m - x.first[label * x.stride] + log_sum, &sum);
    if (!results->grad) continue;
    const row g = row_at(results->grad, r); /* it may be x: x is read before g is written */
    if (ignored)
      put_zeros(g, classes);
    else
      put_gradient(x, g, classes, label, s, divisor);
  }
  put_sum(problem, results, sum, divisor);
  return XENT_OK;
}

static const xent_kernel kernel = {
    .size = sizeof(xent_kernel),
    .name = "right",
    .summary = "log-sum-exp without the 1 of the maximum, in double",
    .compute = compute,
    .types = XENT_TYPE_F32,
    .targets = XENT_TARGETS_LABELS,
    .takes = XENT_TAKES_IGNORE_INDEX,
    .tier = XENT_TIER_FAITHFUL,
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
