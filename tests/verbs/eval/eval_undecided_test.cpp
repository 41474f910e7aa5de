// SPDX-License-Identifier: MIT
// xent eval by the reference: what no precision decides is said, not guessed.
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;

TEST(EvalUndecided, Undecided) {
  const Program xent;
  // log 2 - log 2 is 0 exactly, which no precision tells: so 1 + 2^-24 more may be a tie of f32.
  const std::string x = xent.write<double>("tie.npy", {3, 2}, {0, 0, 0, 0, 0, 1 + 0x1p-24});
  const std::string p = xent.write<double>("tie_p.npy", {3, 2}, {1, 0, -1, 0, 1, -1});
  const std::string problem =
      fmt::format("--logits {} --probs {} --reduction sum --loss-dtype f32", x, p);
  const tests::Ran tie =
      xent.run("eval --impl reference " + problem + " --loss-out " + xent.file("never.npy"));
  EXPECT_TRUE(tie.code == 1 && tie.text.find("undecided") != std::string::npos) << tie.text;
  EXPECT_FALSE(std::filesystem::exists(xent.file("never.npy"))) << "and no file appears";
}

/// What may be above or below 0, but nearer to it than every other number, is 0.
TEST(EvalUndecided, Zero) {
  const Program xent;
  const std::string x = xent.write<double>("zero.npy", {2, 2}, {0, 0, 0, 0});
  const std::string p = xent.write<double>("zero_p.npy", {2, 2}, {1, 0, -1, 0});
  const tests::Ran zero =
      xent.run(fmt::format("eval --impl reference --logits {} --probs {} --reduction sum", x, p));
  EXPECT_TRUE(zero.code == 0 && zero.text == "0\n") << zero.text;
}

}  // namespace
