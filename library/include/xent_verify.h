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

/* How the results of one kind compare with the exact ones. Errors are in ulp of the exact number in
 * the results' type; they are certified: no larger than the true error by more than 2^-20 of it. */
typedef struct xent_judged {
  size_t size;          /* sizeof(xent_judged), set by the caller */
  int64_t checked;      /* how many numbers */
  int64_t correctly_rounded;
  int64_t faithful;     /* within 1 ulp, those that are correctly rounded among them */
  int64_t inexact;      /* the other finite ones */
  int64_t wrong_sign;   /* of the inexact ones */
  int64_t lost_to_zero; /* 0 where the exact number does not round to 0 */
  int64_t wrong_special; /* NaN or infinite where the exact number is not, or the other way round */
  int64_t outside_bounds; /* beyond the bounds of the implementation that the audit names */
  double max_ulp;       /* the largest error of a finite number */
  double got;           /* the witness of max_ulp: the number and what is right, rounded to double */
  double expected;
  int64_t row;          /* its row, in C order of the rows' shape, and its class, or -1: of a loss that */
  int64_t class_index;  /* is reduced both, of a loss or log-sum-exp the class */
} xent_judged;

/* The verdict about all results, the best first. */
enum {
  XENT_VERDICT_CORRECTLY_ROUNDED = 0,
  XENT_VERDICT_FAITHFUL = 1,      /* every number is within 1 ulp */
  XENT_VERDICT_WITHIN_BOUNDS = 2, /* every number is within the bounds that the audit names */
  XENT_VERDICT_INEXACT = 3,       /* finite where it should be, and no such bounds were named or kept */
  XENT_VERDICT_WRONG = 4          /* a sign, a special value or a number lost to zero is wrong */
};

typedef struct xent_audit_report {
  size_t size; /* sizeof(xent_audit_report), set by the caller, as are those of its parts */
  int32_t verdict; /* XENT_VERDICT_... */
  int32_t reserved; /* 0 */
  xent_judged loss;
  xent_judged grad; /* checked is 0 where the results have none */
  xent_judged lse;
} xent_audit_report;

/* Judges results that somebody computed for the problem. `bounds_of` is the implementation whose
 * bounds they are held to where the problem lies in its domain, or null. The results are read. */
XENT_API xent_status xent_audit(const xent_problem* problem, const xent_results* results,
                                const xent_implementation* bounds_of,
                                const xent_execution* execution, xent_audit_report* report,
                                xent_error* error);

#ifdef __cplusplus
}
#endif

#endif /* XENT_VERIFY_H */
