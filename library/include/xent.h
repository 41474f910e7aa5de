/* SPDX-License-Identifier: MIT
 *
 * xent.h: softmax cross-entropy on CPUs, loss and gradient, in C99. This header is the reference of
 * libxent; xent_verify.h adds what libxent-verify has, xent_plugin.h says how to bring a kernel of
 * your own, and xent.hpp is a cover of this header for C++.
 *
 * The problem, for logits x [N, C]:
 *
 *   loss_i = v_i (sum_j c_ij (lse_i - z_ij) + k lse_i^2),   lse_i = log sum_j exp(z_ij)
 *   c_ij   = w_j ((1 - eps) q_ij + eps / C),                z_ij  = s tanh(x_ij / s) / T
 *
 * q are the targets, w the weight of each class, v that of each row, eps the label smoothing, k the
 * factor of the z-loss, T the temperature and s the softcap.
 *
 * Tensors are DLTensor of DLPack, as NumPy, PyTorch, JAX and TVM exchange them. They are of the
 * device kDLCPU and have at most 64 axes, their data may have a byte offset, and their strides, in
 * elements, may be null, of any sign, or 0 for inputs. Nothing is kept after a call has returned:
 * tensors belong to the caller.
 *
 * Structs begin with their size, which the caller sets to sizeof. A later version of the library may
 * add fields at the end; it takes those that a caller does not have as 0, and 0 means for each of
 * them what the call did before there was the field. One that the library does not have must be 0.
 *
 * Every function may be called from several threads at the same time. None aborts, throws, prints or
 * changes the floating-point environment.
 */
#ifndef XENT_H
#define XENT_H

#include <stddef.h>
#include <stdint.h>

#include <dlpack/dlpack.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define XENT_API __attribute__((visibility("default")))
#else
#define XENT_API
#endif

/* The version of this interface. It grows with each change that a program compiled before cannot live
 * with; the name of the shared library has it too. */
#define XENT_ABI_VERSION 1

/* Returns the XENT_ABI_VERSION of the library in use. */
XENT_API int32_t xent_abi_version(void);

/* Returns the version of the library in use, as "0.1.0". */
XENT_API const char* xent_version(void);

/* ---- What a call returns ------------------------------------------------------------------- */

/* XENT_OK, or what went wrong. With any other status the outputs may hold anything. */
typedef int32_t xent_status;
enum {
  XENT_OK = 0,
  XENT_INVALID = 1,       /* an argument is wrong: the message says which field, and why */
  XENT_UNSUPPORTED = 2,   /* it is right, and this implementation or machine does not offer it */
  XENT_OUT_OF_MEMORY = 3,
  XENT_INTERNAL = 4       /* a fault of the library */
};

/* What went wrong, in words. A function that takes one fills it where it does not return XENT_OK, and
 * leaves it alone where it does. It may be null. */
typedef struct xent_error {
  char field[64];    /* the field or argument that is wrong, as "labels" or "problem.size"; else "" */
  char message[448]; /* one line, cut where it is longer */
} xent_error;

/* ---- The problem --------------------------------------------------------------------------- */

/* How the losses of the rows become the returned loss. The mean divides their sum by N, against
 * labels by the sum of w_y over the rows that are not ignored. */
enum { XENT_REDUCTION_MEAN = 0, XENT_REDUCTION_SUM = 1, XENT_REDUCTION_NONE = 2 };

/* What x are: logits; or log-probabilities or probabilities, of which nothing is normalised. */
enum { XENT_INPUT_LOGITS = 0, XENT_INPUT_LOG_PROBS = 1, XENT_INPUT_PROBS = 2 };

/* A problem. x are of one of the types
 *
 *   f32   {kDLFloat, 32, 1}    f64   {kDLFloat, 64, 1}
 *   bf16  {kDLBfloat, 16, 1}   f16   {kDLFloat, 16, 1}
 *
 * and of the shape [N, C], [C] for one row, or [N, C, d1, ...] with the classes on the axis that
 * class_axis names: there are N d1 ... rows. "Of the rows' shape" means the shape of x without the
 * class axis. N and d1 ... may be 0, C is at least 1.
 *
 * The targets are labels, probs, or the three csr tensors; exactly one of these is given. Labels are
 * int64 or int32, of the rows' shape, from 0 to C - 1, or the ignored label. Probabilities have the
 * type and the shape of x, and need not sum to 1. Of csr, row i has the classes csr_classes[k] with
 * the probabilities csr_probs[k] for csr_offsets[i] <= k < csr_offsets[i + 1]; offsets [rows + 1] and
 * classes are int64, and the classes of a row ascend strictly.
 *
 * Options that are 0 are not used: set the struct to 0, its size, and what you need. */
typedef struct xent_problem {
  size_t size; /* sizeof(xent_problem) */
  const DLTensor* logits;
  const DLTensor* labels;
  const DLTensor* probs;
  const DLTensor* csr_offsets;
  const DLTensor* csr_classes;
  const DLTensor* csr_probs;
  const DLTensor* weight;     /* w: [C], of the type of x; null: ones */
  const DLTensor* row_weight; /* v: of the rows' shape, of the type of the loss; null: ones */
  int32_t class_axis; /* 1 to ndim - 1, or -ndim to -1 from the end; 0: axis 1, or the only one.
                         Axis 0 is -ndim. */
  int32_t reduction;  /* XENT_REDUCTION_... */
  int32_t input;      /* XENT_INPUT_... */
  int32_t kl_divergence;    /* not 0: subtract the entropy of the targets */
  int32_t has_ignore_index; /* not 0: rows of the label ignore_index have loss and gradient 0 */
  int32_t reserved;         /* 0 */
  int64_t ignore_index;
  double label_smoothing; /* eps, in [0, 1] */
  double z_loss;          /* k, in [0, 1/2] */
  double temperature;     /* T, in [2^-10, 2^10] */
  double softcap;         /* s, in [2^-10, 2^10] */
  double clip;            /* E, in [2^-149, 1/4]: of XENT_INPUT_PROBS, clips x to [E, 1 - E] */
} xent_problem;

/* Where results go. The loss and the log-sum-exp of f64 are f64, of all other types f32. An output
 * shares memory with no input and no other output, except a gradient in the place of the logits: the
 * same data, offset and strides. */
typedef struct xent_results {
  size_t size;    /* sizeof(xent_results) */
  DLTensor* loss; /* [], [1] for a mean or a sum; of the rows' shape for XENT_REDUCTION_NONE */
  DLTensor* grad; /* d loss / d x, of the type and shape of x; null: none */
  DLTensor* lse;  /* the log-sum-exp of each row, of the rows' shape; null: none */
} xent_results;

/* ---- Implementations ----------------------------------------------------------------------- */

/* The promises about every result, the weakest first (docs/implementations.md of xent):
 * a bounded absolute error; at most 3 ulp of its terms for a loss and 5 for a gradient component,
 * proved; less than 1 ulp; the nearest number. */
enum {
  XENT_TIER_NONE = 0,
  XENT_TIER_STABLE = 1,
  XENT_TIER_ACCURATE = 2,
  XENT_TIER_FAITHFUL = 3,
  XENT_TIER_CORRECTLY_ROUNDED = 4
};

/* One way to compute a problem. It lives as long as the process, and is never freed. */
typedef struct xent_implementation xent_implementation;

/* Returns how many implementations there are, and that with the index i from 0 on, in the order of
 * `xent list`; null for an i that is too large. */
XENT_API size_t xent_implementation_count(void);
XENT_API const xent_implementation* xent_implementation_at(size_t i);

/* Returns the implementation of that name, or null where there is none. */
XENT_API const xent_implementation* xent_find(const char* name);

/* Returns the fastest implementation that promises the tier for that problem, going by what was
 * measured (docs/performance.md): simd, or faithful from XENT_TIER_FAITHFUL on, in all shapes and
 * forms of targets; in f64 without a long double of 64 bits the next that does without. `xent pick`
 * measures instead. Null with an error: the problem is invalid, or no implementation promises the
 * tier for it. Data are not read and need not be there. */
XENT_API const xent_implementation* xent_pick(const xent_problem* problem, int32_t tier,
                                              xent_error* error);

/* The parts of problems that an implementation may take besides labels, probs and all reductions. */
enum {
  XENT_TAKES_CSR = 1 << 0,
  XENT_TAKES_WEIGHT = 1 << 1,
  XENT_TAKES_ROW_WEIGHT = 1 << 2,
  XENT_TAKES_IGNORE_INDEX = 1 << 3,
  XENT_TAKES_INPUT = 1 << 4,
  XENT_TAKES_KL_DIVERGENCE = 1 << 5,
  XENT_TAKES_LABEL_SMOOTHING = 1 << 6,
  XENT_TAKES_Z_LOSS = 1 << 7,
  XENT_TAKES_TEMPERATURE = 1 << 8,
  XENT_TAKES_SOFTCAP = 1 << 9,
  XENT_TAKES_CLIP = 1 << 10
};

/* What an implementation says of itself for logits of one type. Beyond the limits of the domain it
 * still computes, and its bounds do not hold. Strings live as long as the process. */
typedef struct xent_contract {
  size_t size;         /* sizeof(xent_contract), set by the caller */
  const char* name;
  const char* summary; /* one line */
  int32_t tier;        /* XENT_TIER_... */
  uint32_t takes;      /* a sum of XENT_TAKES_... */
  double min_logit;    /* the domain: finite logits, after temperature and softcap */
  double max_logit;
  int64_t max_classes;
  double min_weight; /* magnitudes of weights that are neither 0, infinite nor NaN */
  double max_weight;
  double max_prob;
  int32_t reproducible; /* not 0: the same bits for any threads, batch split and place in memory */
  int32_t dispatched;   /* not 0: the bits depend on the instruction set */
} xent_contract;

/* Fills `contract` with what the implementation says for logits of that type. */
XENT_API xent_status xent_describe(const xent_implementation* implementation, DLDataType dtype,
                                   xent_contract* contract, xent_error* error);

/* ---- Computing ----------------------------------------------------------------------------- */

/* How one call computes. All of it may be 0, and the struct null. */
typedef struct xent_execution {
  size_t size;                 /* sizeof(xent_execution) */
  int32_t threads;             /* the most it may use, to 1024; 0: one */
  const char* instruction_set; /* a name that xent_instruction_set() returns; null: the best */
} xent_execution;

/* Returns the name of instruction set i, best first, that the library has code for and the machine
 * can run; null for an i that is too large. */
XENT_API const char* xent_instruction_set(size_t i);

/* Computes the results of the problem. The thread must round to nearest and keep subnormal numbers;
 * XENT_INVALID says where it does not. Memory is allocated only where a tensor's axes cannot be seen
 * as a matrix with two strides of rows, or its elements do not lie where their type may: they are
 * copied then. */
XENT_API xent_status xent_compute(const xent_implementation* implementation,
                                  const xent_problem* problem, const xent_results* results,
                                  const xent_execution* execution, xent_error* error);

/* Does the same by the implementation of that name. */
XENT_API xent_status xent_compute_by(const char* name, const xent_problem* problem,
                                     const xent_results* results, const xent_execution* execution,
                                     xent_error* error);

#ifdef __cplusplus
}
#endif

#endif /* XENT_H */
