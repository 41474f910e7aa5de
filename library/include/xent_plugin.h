/* SPDX-License-Identifier: MIT
 *
 * xent_plugin.h: how a shared library brings kernels of its own under the laws, the gates and the
 * benchmarks of xent. It exports one function,
 *
 *   XENT_API const xent_plugin* xent_plugin_table(void) { return &table; }
 *
 * and is used as
 *
 *   xent verify --plugin ./libmine.so --impl mine
 *
 * A kernel gets the structs of xent.h. The caller has validated them: shapes agree, labels are in
 * range, the options are among those that the kernel takes. A gradient may lie in the place of the
 * logits. A kernel does not throw, print, change its inputs, keep what it was given, or change the
 * floating-point environment, and may be called from several threads at the same time. It runs in a
 * process of its own, so that one that breaks this ends that process and no more.
 */
#ifndef XENT_PLUGIN_H
#define XENT_PLUGIN_H

#include <xent.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the structs below. */
#define XENT_PLUGIN_VERSION 1

/* The element types and the forms of targets that a kernel takes. */
enum {
  XENT_TYPE_F32 = 1 << 0,
  XENT_TYPE_F64 = 1 << 1,
  XENT_TYPE_BF16 = 1 << 2,
  XENT_TYPE_F16 = 1 << 3
};
enum { XENT_TARGETS_LABELS = 1 << 0, XENT_TARGETS_PROBS = 1 << 1, XENT_TARGETS_CSR = 1 << 2 };

/* How far the results of a row may err: the sum of the three, where ulp counts in ulp of the exact
 * result, `relative` is in unit roundoffs of the sum of the magnitudes of its terms, and `absolute`
 * in unit roundoffs. */
typedef struct xent_bound {
  double ulp;
  double relative;
  double absolute;
} xent_bound;

/* What a bound may depend on: facts of a row, d_j being m - x_j, m the largest logit, and p the
 * softmax. */
typedef struct xent_row_facts {
  size_t size;        /* sizeof(xent_row_facts) */
  double classes;     /* C */
  double max_abs;     /* the largest |x_j| */
  double spread;      /* sum_j p_j d_j */
  double tail;        /* log sum_j exp(-d_j) */
  double target_mass; /* sum_j |q_j|; 1 for labels */
  double gap;         /* sum_j |q_j d_j| */
  double targets;     /* how many q_j are not 0; 1 for labels */
  double lse_size;    /* |m| + tail */
} xent_row_facts;

/* A kernel. name is that by which --impl finds it: letters, digits and underscores, none of the names
 * of `xent list`. Fields that are 0 claim nothing: without a tier and bounds the suite reports the
 * largest errors with their witnesses, and which tier they would deserve. */
typedef struct xent_kernel {
  size_t size; /* sizeof(xent_kernel) */
  const char* name;
  const char* summary; /* one line; null: none */
  /* Computes the results and returns XENT_OK, or another status where it cannot. */
  xent_status (*compute)(const xent_problem* problem, const xent_results* results,
                         const xent_execution* execution);
  uint32_t types;   /* a sum of XENT_TYPE_... */
  uint32_t targets; /* a sum of XENT_TARGETS_... */
  uint32_t takes;   /* a sum of XENT_TAKES_...; XENT_TAKES_CSR is that of targets */
  int32_t tier;     /* XENT_TIER_...: what it claims */
  /* The domain, as in xent_contract; a limit that is 0 is no limit. */
  double min_logit;
  double max_logit;
  int64_t max_classes;
  double min_weight;
  double max_weight;
  double max_prob;
  int32_t reproducible; /* not 0: the same bits for any threads, batch split and place in memory */
  int32_t reserved;     /* 0 */
  /* The bounds of every row; one that is all 0 is that of the tier. */
  xent_bound loss_bound;
  xent_bound grad_bound;
  xent_bound lse_bound;
  /* Or a function of a row that fills them in; they are 0 before, and one that stays all 0 is that of
   * the tier. The three above are 0 then, and the tier is none or `stable`. Null: there is none. */
  void (*bounds_of_row)(const xent_row_facts* row, xent_bound* loss, xent_bound* grad,
                        xent_bound* lse);
} xent_kernel;

typedef struct xent_plugin {
  size_t size;             /* sizeof(xent_plugin) */
  int32_t plugin_version;  /* XENT_PLUGIN_VERSION */
  int32_t kernel_count;
  const xent_kernel* const* kernels; /* [kernel_count] */
} xent_plugin;

/* The function that a plugin exports. */
XENT_API const xent_plugin* xent_plugin_table(void);

#ifdef __cplusplus
}
#endif

#endif /* XENT_PLUGIN_H */
