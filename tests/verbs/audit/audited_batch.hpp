// SPDX-License-Identifier: MIT
// AuditedBatch: a small batch in files, and results of it that can be changed and audited.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace xent::tests {

/// Three rows of four classes, their correctly rounded losses and gradient, by the reference.
struct AuditedBatch {
  const Program& xent;
  std::string problem;
  std::vector<float> loss;
  std::vector<float> grad;

  explicit AuditedBatch(const Program& program) : xent(program) {
    const std::string x =
        xent.write<float>("x.npy", {3, 4}, {30, 0, 1, 2, .5F, -1, 3, 0, 7, 7, 6, 5});
    problem = fmt::format("--logits {} --labels {}", x, xent.write_labels("y.npy", {0, 1, 3}));
    const Ran ran = xent.run(
        fmt::format("eval --impl reference {} --reduction none --loss-out {} --grad-out {}",
                    problem, xent.file("l.npy"), xent.file("g.npy")));
    EXPECT_EQ(ran.code, 0) << "the reference evaluates: " + ran.text;
    const auto read = [&](const char* name) {
      const tensors::Tensor tensor = tensors::read_tensor(xent.file(name));
      const auto values = tensor.as<float>();
      return std::vector<float>(values.begin(), values.end());
    };
    loss = read("l.npy");
    grad = read("g.npy");
  }

  std::string results() const {
    return fmt::format("audit {} --loss {} --grad {}", problem,
                       xent.write<float>("l.npy", {3}, loss),
                       xent.write<float>("g.npy", {3, 4}, grad));
  }
};

}  // namespace xent::tests
