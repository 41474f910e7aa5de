// SPDX-License-Identifier: MIT
// eval and audit with --z-loss, --row-weight, --temperature and --softcap: numbers worked out by
// hand, every implementation beside the reference, what is refused, and what an audit says where
// results left them out.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/evaluators.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

const double lse = std::log(1 + std::exp(1.0));  // of the logits (0, 1), and the loss of label 0

/// Three rows (0, 1) with the labels 0, 1, 0, and the weights 2, 0.5, 0.
struct Files {
  explicit Files(const Program& xent)
      : logits(xent.write<float>("x.npy", {3, 2}, {0, 1, 0, 1, 0, 1})),
        labels(write_npy<std::int64_t>(xent, "y.npy", "<i8", "(3,)", {0, 1, 0})),
        weights(xent.write<float>("v.npy", {3}, {2, 0.5F, 0})) {}

  std::string problem() const { return fmt::format(" --logits {} --labels {}", logits, labels); }

  std::string logits, labels, weights;
};

TEST(RowOptions, EveryImplementation) {
  const Program xent;
  const Files files(xent);
  const double square = 0.25 * lse * lse;
  const double z = 0.25 * std::tanh(4) / 0.5;
  for (const std::string& name : evaluators()) {
    const auto run = [&](const std::string& more) {
      return xent.run(fmt::format("eval --impl {}{}{}", name, files.problem(), more));
    };
    expect_numbers(run(" --reduction none --z-loss 0.25"),
                   {lse + square, lse - 1 + square, lse + square}, fmt::format("{}, z-loss", name));
    expect_numbers(run(" --reduction none --row-weight " + files.weights),
                   {2 * lse, (lse - 1) / 2, 0}, fmt::format("{}, row weights", name));
    expect_numbers(run(" --reduction none --temperature 0.5"),
                   {std::log1p(std::exp(2)), std::log1p(std::exp(-2)), std::log1p(std::exp(2))},
                   fmt::format("{}, temperature", name));
    expect_numbers(run(" --reduction sum --softcap 0.25 --temperature 0.5"),
                   {3 * std::log1p(std::exp(z)) - z}, fmt::format("{}, both", name));
    expect_numbers(run(" --z-loss 0.25 --row-weight " + files.weights),
                   {(2 * (lse + square) + 0.5 * (lse - 1 + square)) / 3},
                   fmt::format("{}, the mean of both", name));
  }
}

TEST(RowOptions, Refused) {
  const Program xent;
  const Files files(xent);
  const auto run = [&](const std::string& more) {
    return xent.run("eval --impl simd" + files.problem() + more);
  };
  expect_refused(run(" --z-loss 0.75"), "--z-loss: '0.75' is not a number from 0 to 0.5");
  expect_refused(run(" --z-loss -0.1"), "--z-loss: '-0.1' is not a number from 0 to 0.5");
  expect_refused(run(" --temperature 0"),
                 "--temperature: '0' is not a number from 0.0009765625 to 1024");
  expect_refused(run(" --softcap -30"),
                 "--softcap: '-30' is not a number from 0.0009765625 to 1024");
  expect_refused(run(" --row-weight " + xent.write<float>("two.npy", {2}, {1, 1})),
                 "two.npy: has the shape [2], not [3]");
  expect_refused(run(" --row-weight " + xent.write<double>("wide.npy", {3}, {1, 1, 1})),
                 "wide.npy: holds f64, where logits of f32 want f32: this is not supported");
  expect_refused(run(" --row-weight " + files.labels), "y.npy: holds integers");
}

/// The row weights of 16-bit logits are f32, as their losses are.
TEST(RowOptions, SixteenBits) {
  const Program xent;
  const Files files(xent);
  const std::string logits =
      xent.write<bf16>("b.safetensors", {3, 2},
                       {bf16(0.0F), bf16(1.0F), bf16(0.0F), bf16(1.0F), bf16(0.0F), bf16(1.0F)});
  const std::string thirds = xent.write<float>("t.npy", {3}, {1 / 3.0F, 1, 1});
  expect_numbers(xent.run(fmt::format("eval --impl simd --reduction none --logits {} --labels {} "
                                      "--row-weight {}",
                                      logits, files.labels, thirds)),
                 {lse / 3, lse - 1, lse}, "bf16");
}

TEST(RowOptions, Audit) {
  const Program xent;
  const Files files(xent);
  const std::string plain =
      xent.write<float>("loss.npy", {3}, {float(lse), float(lse - 1), float(lse)});
  const auto audit = [&](const std::string& more) {
    return xent.run("audit" + files.problem() + " --reduction none --loss " + plain + more);
  };
  EXPECT_EQ(audit("").code, 0);
  const Ran without_z = audit(" --z-loss 0.25");
  EXPECT_TRUE(without_z.code == 1 &&
              without_z.text.find("the result without the z-loss") != std::string::npos)
      << without_z.text;
  const Ran without_v = audit(" --row-weight " + files.weights);
  EXPECT_TRUE(without_v.code == 1 &&
              without_v.text.find("the result without the row weights") != std::string::npos)
      << without_v.text;
  const Ran without_t = audit(" --temperature 2");
  EXPECT_TRUE(without_t.code == 1 &&
              without_t.text.find("the result without the temperature") != std::string::npos)
      << without_t.text;
  const Ran without_cap = audit(" --softcap 0.5");
  EXPECT_TRUE(without_cap.code == 1 &&
              without_cap.text.find("the result without the softcap") != std::string::npos)
      << without_cap.text;
  const double square = 0.01 * lse * lse;
  const std::string with_z = xent.write<float>(
      "z.npy", {3}, {float(lse + square), float(lse - 1 + square), float(lse + square)});
  const std::string command = "audit" + files.problem() + " --reduction none --loss " + with_z;
  EXPECT_EQ(xent.run(command + " --z-loss 0.01").code, 0) << "right with the option";
  EXPECT_EQ(xent.run(command).code, 1) << "wrong without it";
}

}  // namespace
