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
  // log 2 - log 2 is 0 exactly, which no precision tells.
  const std::string x = xent.write<double>("tie.npy", {2, 2}, {0, 0, 0, 0});
  const std::string p = xent.write<double>("tie_p.npy", {2, 2}, {1, 0, -1, 0});
  const std::string problem = fmt::format("--logits {} --probs {} --reduction sum", x, p);
  const tests::Ran zero =
      xent.run("eval --impl reference " + problem + " --loss-out " + xent.file("never.npy"));
  EXPECT_TRUE(zero.code == 1 && zero.text.find("undecided") != std::string::npos)
      << "log 2 - log 2 is not told from 0: " + zero.text;
  EXPECT_FALSE(std::filesystem::exists(xent.file("never.npy"))) << "and no file appears";
}

}  // namespace
