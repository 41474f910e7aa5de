// SPDX-License-Identifier: MIT
// Judges losses as PyTorch computes them by an installed libxent-verify:
//   c++ -std=c++20 judged.cpp $(pkg-config --cflags --libs xent-verify) -o judged
#include <cstdint>
#include <cstdio>
#include <vector>

#include <xent.hpp>
#include <xent_verify.h>

int main() {
  std::vector<float> logits = {30, 0, 0, 1, 2, 3}, loss = {0, 0.407606F};
  std::vector<std::int64_t> labels = {0, 2};
  xent::CrossEntropy call(xent::Tensor(logits, {2, 3}));
  call.labels = xent::Tensor(labels, {2});
  call.loss = xent::Tensor(loss, {2});
  call.options.reduction = XENT_REDUCTION_NONE;
  xent_audit_report report{};
  report.size = sizeof report;
  call.pass([&](const auto* problem, const auto* results, auto* error) {
    return xent_audit(problem, results, nullptr, nullptr, &report, error);
  });
  const xent_witness& wrong = report.loss.wrong;
  std::printf("%s: row %d has %g, right is %g\n",
              report.verdict == XENT_VERDICT_WRONG ? "wrong" : "not wrong",
              static_cast<int>(wrong.row), wrong.got, wrong.expected);
}
