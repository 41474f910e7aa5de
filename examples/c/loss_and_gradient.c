/* SPDX-License-Identifier: MIT
 *
 * Computes the losses of two rows and their gradients by an installed libxent:
 *   cc loss_and_gradient.c $(pkg-config --cflags --libs xent) -o loss_and_gradient
 */
#include <stdio.h>
#include <xent.h>

int main(void) {
  float logits[2][3] = {{30, 0, 0}, {1, 2, 3}};
  int64_t labels[2] = {0, 2};
  float loss[2], grad[2][3];
  int64_t shape[2] = {2, 3}, rows[1] = {2};
  DLTensor x = {logits, {kDLCPU, 0}, 2, {kDLFloat, 32, 1}, shape, NULL, 0};
  DLTensor y = {labels, {kDLCPU, 0}, 1, {kDLInt, 64, 1}, rows, NULL, 0};
  DLTensor l = {loss, {kDLCPU, 0}, 1, {kDLFloat, 32, 1}, rows, NULL, 0};
  DLTensor g = {grad, {kDLCPU, 0}, 2, {kDLFloat, 32, 1}, shape, NULL, 0};

  xent_problem problem = {
      .size = sizeof problem, .logits = &x, .labels = &y, .reduction = XENT_REDUCTION_NONE};
  xent_results results = {.size = sizeof results, .loss = &l, .grad = &g};
  xent_error error;
  if (xent_compute_by("simd", &problem, &results, NULL, &error) != XENT_OK) {
    fprintf(stderr, "%s: %s\n", error.field, error.message);
    return 1;
  }
  for (int row = 0; row < 2; ++row)
    printf("%g: %g %g %g\n", (double)loss[row], (double)grad[row][0], (double)grad[row][1],
           (double)grad[row][2]);
  return 0;
}
