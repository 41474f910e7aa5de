// SPDX-License-Identifier: MIT
// The program takes 16-bit patterns of every type that holds them, for logits, probabilities,
// weights, losses and gradients; an option says what the patterns of each file stand for. What eval
// writes of bf16 to .npy audit reads.
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

// The logits are 1, 0, -1 and 2 in bf16.

struct Patterns {
  std::string logits, probs, weight, loss, grad;
};

Patterns patterns_of(const Program& xent, const std::string& descr) {
  const auto write = [&](const char* name, const char* shape,
                         const std::vector<std::uint16_t>& bits) {
    return write_npy<std::uint16_t>(xent, name, descr, shape, bits);
  };
  return {.logits = write("logits.npy", "(2, 2)", {0x3f80, 0, 0xbf80, 0x4000}),
          .probs = write("probs.npy", "(2, 2)", {0x3f80, 0, 0, 0x3f80}),
          .weight = write("weight.npy", "(2,)", {0x3f80, 0x4000}),
          .loss = xent.file("loss.npy"),
          .grad = xent.file("grad.npy")};
}

void patterns_are_taken(const Program& xent, const std::string& descr) {
  const Patterns p = patterns_of(xent, descr);
  const std::string problem = fmt::format("--logits {} --probs {} --weight {} --reduction none",
                                          p.logits, p.probs, p.weight);
  const std::string eval =
      fmt::format("eval --impl reference {} --loss-out {} --grad-out {}", problem, p.loss, p.grad);
  expect_refused(xent.run(eval), "logits.npy: holds 16-bit patterns: --logits-dtype says");
  EXPECT_EQ(xent.run(eval + " --logits-dtype bf16 --loss-dtype bf16").code, 0)
      << descr + " are bf16, and bf16 is written to .npy";
  const std::string audit =
      fmt::format("audit {} --loss {} --grad {} --max-ulp 0.5 ", problem, p.loss, p.grad);
  const auto found = xent.json(audit + "--logits-dtype bf16");
  EXPECT_TRUE(found["verdict"] == "right" && found["loss"]["ulp_of"] == "bf16" &&
              found["grad"]["ulp_of"] == "bf16")
      << descr + " are judged as bf16";
  EXPECT_EQ(xent.run(audit + "--logits-dtype bf16 --loss-dtype f16").code, 1)
      << "f16 is another number";
  EXPECT_EQ(xent.run(audit + "--logits-dtype bf16 --grad-dtype f16").code, 1)
      << "and another gradient";
}

/// 16-bit results of f32 logits, and other files than the logits in 16 bits.
TEST(Patterns, OfEveryTypeThatHoldsThemHasItsOption) {
  const Program xent;
  const Patterns p = patterns_of(xent, "<i2");
  const std::string logits = xent.write<float>("f32.npy", {2, 2}, {1, 0, -1, 2});
  const auto problem = [&](const std::string& more) {
    return fmt::format("--logits {} --probs {} --weight {} --reduction none {} ", logits, p.probs,
                       p.weight, more);
  };
  const std::string stated = problem("--probs-dtype bf16 --weight-dtype bf16");
  EXPECT_EQ(xent.run(fmt::format("eval --impl reference {} --loss-dtype bf16 --loss-out {}", stated,
                                 p.loss))
                .code,
            0)
      << "each file has its option";
  expect_refused(xent.run("audit " + stated + "--loss " + p.loss),
                 "loss.npy: holds 16-bit patterns: --loss-dtype says");
  EXPECT_EQ(xent.run("audit " + stated + "--loss-dtype bf16 --max-ulp 0.5 --loss " + p.loss).code,
            0)
      << "bf16 losses of f32 logits are judged";
  expect_refused(xent.run("audit " + stated + "--grad " + p.logits),
                 "logits.npy: holds 16-bit patterns: --grad-dtype says");
  EXPECT_EQ(xent.run("audit " + stated + "--grad-dtype bf16 --grad " + p.logits).code, 1)
      << "a bf16 gradient of f32 logits is judged, and is none";
  expect_refused(xent.run("audit " + problem("--weight-dtype bf16") + "--loss " + p.loss),
                 "probs.npy: element [0, 0] is 16256, neither 0 nor 1, so the file holds 16-bit "
                 "patterns: --probs-dtype says");
  expect_refused(xent.run("audit " + problem("--probs-dtype bf16") + "--loss " + p.loss),
                 "weight.npy: holds 16-bit patterns: --weight-dtype says");
  expect_refused(xent.run("audit " + stated + "--loss-dtype bf16 --loss " +
                          xent.write<float>("l.npy", {2}, {1, 1})),
                 "l.npy: holds f32, not bf16 as --loss-dtype says");
}

TEST(Patterns, OfEveryTypeThatHoldsThem) {
  const Program xent;
  for (const char* descr : {"<i2", "<u2", "|V2", ">i2", ">u2"}) patterns_are_taken(xent, descr);
}

}  // namespace
