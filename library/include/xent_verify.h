/* SPDX-License-Identifier: MIT
 *
 * xent_verify.h: the certified reference of softmax cross-entropy, and the judgement of results that
 * somebody else computed. It is in libxent-verify, which needs MPFI; everything that xent.h says of
 * tensors, structs, statuses and threads holds.
 */
#ifndef XENT_VERIFY_H
#define XENT_VERIFY_H

#include <xent.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Computes the correctly rounded results of the problem: the numbers of their types nearest to the
 * exact real ones, which are enclosed in intervals of as many bits as that takes. It allocates, and
 * takes some microseconds a logit. Of execution only `threads` counts. */
XENT_API xent_status xent_reference(const xent_problem* problem, const xent_results* results,
                                    const xent_execution* execution, xent_error* error);

/* One number among results, and what is right there. */
typedef struct xent_witness {
  int64_t row;         /* in C order of the rows' shape; -1: of a loss that is a mean or a sum */
  int64_t class_index; /* of a component of the gradient; else -1 */
  double got;
  double expected; /* the exact number, rounded to double; NaN where there is none */
  double ulp;      /* the error; NaN where it is none in ulp, or there is no such number */
} xent_witness;

/* How the results of one kind compare with the exact ones, in ulp of the exact number in the results'
 * type. Errors are certified: none is larger than it is said to be. */
typedef struct xent_judged {
  int64_t checked;           /* how many numbers; 0 where the results have none of the kind */
  int64_t correctly_rounded; /* the nearest number, or NaN or infinite and rightly so */
  int64_t undecided;         /* too near to a tie for the reference to tell */
  /* Four kinds of results that are wrong, whatever the size of the error. */
  int64_t wrong_special;  /* NaN or infinite where the exact one is not, or the other way round */
  int64_t wrong_sign;     /* of the other sign than the exact number; a loss of -0 */
  int64_t lost_to_zero;   /* 0 where the exact number is in the range of normal numbers */
  int64_t not_zero;       /* a number where the exact one is 0 */
  int64_t excused;        /* of the four, how many the bounds allow, because terms cancel */
  int64_t outside_domain; /* in rows outside the domain of the bounds, which no bound covers */
  int64_t outside_bounds; /* beyond the bounds of the implementation that the audit names */
  double max_ulp;         /* the largest error of results not among the four; NaN: none */
  double max_terms_ulp;   /* the same in ulp of the terms, which bounds are stated in */
  xent_witness worst;     /* that of max_ulp */
  xent_witness wrong;     /* the first of the four, NaN and infinities before the others */
} xent_judged;

/* The verdict about all results, the best first. */
enum {
  XENT_VERDICT_CORRECTLY_ROUNDED = 0,
  XENT_VERDICT_FAITHFUL = 1,      /* every number is within less than 1 ulp */
  XENT_VERDICT_WITHIN_BOUNDS = 2, /* every number is within the bounds that the audit names */
  XENT_VERDICT_INEXACT = 3,       /* no bounds were named, or some numbers are not within them */
  XENT_VERDICT_WRONG = 4          /* a sign, a special value or a number lost to zero is wrong */
};

typedef struct xent_audit_report {
  size_t size;      /* sizeof(xent_audit_report), set by the caller */
  int32_t verdict;  /* XENT_VERDICT_... */
  int32_t reserved; /* 0 */
  xent_judged loss;
  xent_judged grad;
  xent_judged lse;
} xent_audit_report;

/* Judges results that somebody computed for the problem. `bounds_of` is the implementation whose
 * bounds they are held to in rows that lie in its domain, or null; a mean or a sum is held to them
 * where all rows do. The results are read, and any of them may be null, but not all. Of execution
 * only `threads` counts. */
XENT_API xent_status xent_audit(const xent_problem* problem, const xent_results* results,
                                const xent_implementation* bounds_of,
                                const xent_execution* execution, xent_audit_report* report,
                                xent_error* error);

#ifdef __cplusplus
}
#endif

#endif /* XENT_VERIFY_H */
