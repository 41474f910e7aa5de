/* SPDX-License-Identifier: MIT
 * A program compiled before a problem had `clip`, results `lse` and an execution `instruction_set`: its xent.h has
 * none of them (CMakeLists.txt leaves them out). Behind its structs lies what is no such field. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <xent.h>

int main(void) {
  float logits[3] = {1, 2, 4}, loss = 0, grad[3];
  int64_t label = 2, shape[2] = {1, 3}, rows[1] = {1};
  DLTensor x, y, l, g;
  struct {
    xent_problem problem;
    double behind[4];
  } p;
  struct {
    xent_results results;
    double behind[4];
  } r;
  struct {
    xent_execution execution;
    double behind[4];
  } e;
  xent_error error;

  memset(&x, 0, sizeof x);
  x.data = logits;
  x.device.device_type = kDLCPU;
  x.ndim = 2;
  x.dtype.code = kDLFloat;
  x.dtype.bits = 32;
  x.dtype.lanes = 1;
  x.shape = shape;
  g = x;
  g.data = grad;
  l = x;
  l.data = &loss;
  l.ndim = 1;
  l.shape = rows;
  y = l;
  y.data = &label;
  y.dtype.code = kDLInt;
  y.dtype.bits = 64;

  memset(&p, 0xA5, sizeof p);
  memset(&p.problem, 0, sizeof p.problem);
  p.problem.size = sizeof p.problem;
  p.problem.logits = &x;
  p.problem.labels = &y;
  memset(&r, 0xA5, sizeof r);
  memset(&r.results, 0, sizeof r.results);
  r.results.size = sizeof r.results;
  r.results.loss = &l;
  r.results.grad = &g;
  memset(&e, 0xA5, sizeof e);
  memset(&e.execution, 0, sizeof e.execution);
  e.execution.size = sizeof e.execution;
  e.execution.threads = 2;

  if (xent_compute_by("simd", &p.problem, &r.results, &e.execution, &error) != XENT_OK) {
    printf("%s: %s\n", error.field, error.message);
    return 1;
  }
  if (fabs(loss - log1p(exp(-3) + exp(-2))) > 1e-7 || fabs(grad[0] - 0.0420101) > 1e-6) return 2;
  printf("%zu %zu %zu\n", sizeof p.problem, sizeof r.results, sizeof e.execution);
  return 0;
}
