/* SPDX-License-Identifier: MIT
 *
 * How a plugin reaches the elements of its tensors: f32 logits [N, C] or [N, C, d] of any strides,
 * labels of either integer type. A tensor's element (i, k) lies at data + byte_offset + size (i
 * strides[0] + k strides[1]). */
#ifndef XENT_EXAMPLE_ROWS_H
#define XENT_EXAMPLE_ROWS_H

#include <stddef.h>
#include <stdint.h>
#include <xent_plugin.h>

/* The elements of a row: element j is first[j * stride]. */
typedef struct row {
  float* first;
  int64_t stride;
} row;

/* Returns how many classes there are, and how many rows behind the axis of the classes, d. */
static inline int64_t classes_of(const DLTensor* logits) { return logits->shape[1]; }
static inline int64_t inner_of(const DLTensor* logits) {
  return logits->ndim == 3 ? logits->shape[2] : 1;
}
static inline int64_t rows_of(const DLTensor* logits) {
  return logits->shape[0] * inner_of(logits);
}

/* Returns the address of element (i, k) of a tensor of the rows' shape, [N] or [N, d], row being i d
 * + k. */
static inline void* at_row(const DLTensor* tensor, int64_t r, int64_t inner, size_t size) {
  const int64_t place = tensor->ndim == 2
                            ? r / inner * tensor->strides[0] + r % inner * tensor->strides[1]
                            : r * tensor->strides[0];
  return (char*)tensor->data + tensor->byte_offset + place * (int64_t)size;
}

/* Returns row r of the logits or of the gradient. */
static inline row row_at(const DLTensor* tensor, int64_t r) {
  const int64_t inner = inner_of(tensor);
  int64_t place = r / inner * tensor->strides[0];
  if (tensor->ndim == 3) place += r % inner * tensor->strides[2];
  const row found = {(float*)((char*)tensor->data + tensor->byte_offset) + place,
                     tensor->strides[1]};
  return found;
}

static inline int64_t label_at(const DLTensor* labels, int64_t r, int64_t inner) {
  if (labels->dtype.bits == 64) return *(const int64_t*)at_row(labels, r, inner, sizeof(int64_t));
  return *(const int32_t*)at_row(labels, r, inner, sizeof(int32_t));
}

/* Tells whether the row with that label is left out. */
static inline int is_ignored(const xent_problem* problem, int64_t label) {
  return problem->has_ignore_index && label == problem->ignore_index;
}

/* Returns what the sum of the losses, and each gradient, is divided by: for a mean the number of the
 * rows that are not ignored. */
static inline double divisor_of(const xent_problem* problem) {
  if (problem->reduction != XENT_REDUCTION_MEAN) return 1;
  const int64_t inner = inner_of(problem->logits);
  int64_t count = 0;
  for (int64_t r = 0; r < rows_of(problem->logits); ++r)
    if (!is_ignored(problem, label_at(problem->labels, r, inner))) ++count;
  return (double)count;
}

/* Puts the loss of a row where it belongs, or adds it to the sum. */
static inline void put_loss(const xent_problem* problem, const xent_results* results, int64_t r,
                            double loss, double* sum) {
  if (problem->reduction == XENT_REDUCTION_NONE)
    *(float*)at_row(results->loss, r, inner_of(problem->logits), sizeof(float)) = (float)loss;
  else
    *sum += loss;
}

/* Puts a reduced loss where it belongs. */
static inline void put_sum(const xent_problem* problem, const xent_results* results, double sum,
                           double divisor) {
  if (problem->reduction != XENT_REDUCTION_NONE)
    *(float*)((char*)results->loss->data + results->loss->byte_offset) = (float)(sum / divisor);
}

/* Sets the gradient of a row to 0. */
static inline void put_zeros(row g, int64_t classes) {
  for (int64_t j = 0; j < classes; ++j) g.first[j * g.stride] = 0;
}

#endif /* XENT_EXAMPLE_ROWS_H */
