// SPDX-License-Identifier: MIT
// xent audit: its first line says in words what the results are, for results that are right, as
// good as the textbook, wrong, no numbers, or in a row that no bound covers; and the exit code
// follows.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;
using tests::Ran;

/// Two rows of two classes, [30, 0] and [1, 2], label 0: losses 9.36e-14 and 1.3132616.
struct TwoRows {
  const Program& xent;
  std::string problem;

  explicit TwoRows(const Program& program)
      : xent(program),
        problem(fmt::format("audit --logits {} --labels {} --reduction none",
                            xent.write<float>("x.npy", {2, 2}, {30, 0, 1, 2}),
                            xent.write_labels("y.npy", {0, 0}))) {}

  Ran judged(float first, float second, const std::string& more = "") const {
    return xent.run(fmt::format("{} --loss {} {}", problem,
                                xent.write<float>("l.npy", {2}, {first, second}), more));
  }
};

std::string first_line(const Ran& ran) { return ran.text.substr(0, ran.text.find('\n')); }

TEST(AuditWords, Verdicts) {
  const Program xent;
  const TwoRows rows(xent);
  const Ran right = rows.judged(9.3576229e-14F, 1.3132616F);
  EXPECT_EQ(right.code, 0);
  EXPECT_TRUE(first_line(right).starts_with("RIGHT: loss within 0.")) << right.text;
  const Ran textbook = rows.judged(0, 1.3132616F);
  EXPECT_EQ(textbook.code, 0);
  EXPECT_EQ(first_line(textbook),
            "AS GOOD AS THE TEXTBOOK: float32's usual formula allows this; 1 of 2 small losses "
            "became 0.");
  const Ran wrong = rows.judged(0, 2.95F);
  EXPECT_EQ(wrong.code, 1);
  EXPECT_EQ(first_line(wrong), "WRONG: the loss is 130 % off at row 1 (got 2.95, exact 1.31).");
  EXPECT_NE(wrong.text.find("its logits: 1, 2\n"), std::string::npos) << wrong.text;
  const Ran nan = rows.judged(0, std::nanf(""));
  EXPECT_EQ(nan.code, 1);
  EXPECT_EQ(first_line(nan), "WRONG: the loss is nan at row 1 (got nan, exact 1.31326).");
  for (const Ran* one : {&right, &textbook, &wrong, &nan})
    EXPECT_EQ(one->text.find("passed"), std::string::npos) << "nothing was demanded";
}

TEST(AuditWords, Gates) {
  const Program xent;
  const TwoRows rows(xent);
  const Ran passed = rows.judged(9.3576229e-14F, 1.3132616F, "--tier faithful --max-ulp 0.9");
  EXPECT_EQ(passed.code, 0);
  EXPECT_NE(passed.text.find("passed (--max-ulp 0.9, --tier faithful)\n"), std::string::npos)
      << passed.text;
  const Ran failed = rows.judged(0, 1.3132616F, "--tier accurate");
  EXPECT_EQ(failed.code, 1);
  EXPECT_EQ(first_line(failed),
            "FAILED (--tier accurate): the loss became 0 at row 0 (got 0, exact 9.35762e-14).");
  EXPECT_NE(failed.text.find("\nAS GOOD AS THE TEXTBOOK: "), std::string::npos) << failed.text;
}

/// A logit of 1e30 is past the domain of the bounds: such a row is right or not judged.
TEST(AuditWords, RowsThatNoBoundCovers) {
  const Program xent;
  const std::string problem = fmt::format("audit --logits {} --labels {} --reduction none --loss ",
                                          xent.write<float>("x.npy", {2, 2}, {1e30F, 0, 1, 2}),
                                          xent.write_labels("y.npy", {1, 0}));
  const Ran right = xent.run(problem + xent.write<float>("l.npy", {2}, {1e30F, 1.3132616F}));
  EXPECT_EQ(right.code, 0) << right.text;
  const Ran not_judged =
      xent.run(problem + xent.write<float>("l.npy", {2}, {1.001e30F, 1.3132616F}));
  EXPECT_EQ(not_judged.code, 1);
  EXPECT_EQ(first_line(not_judged),
            "NOT JUDGED: 1 of 2 values of the loss are outside of what the textbook's bound covers "
            "(logit 1.0000000150474662e+30 of row 0, class 0), and not right.");
  const Ran wrong = xent.run(problem + xent.write<float>("l.npy", {2}, {1e30F, 1.4F}));
  EXPECT_TRUE(wrong.code == 1 && first_line(wrong).starts_with("WRONG: the loss is 6.7 % off"))
      << wrong.text;
}

/// Losses of bf16 in a file of f32 are judged as bf16, and said to be.
TEST(AuditWords, NarrowedResults) {
  const Program xent;
  const std::string problem =
      fmt::format("audit --logits {} --labels {}",
                  xent.write<float>("x.npy", {5, 2}, {1, 2, 0.5F, 0.75F, -1, 2, 3, 4.5F, 7, 6}),
                  xent.write_labels("y.npy", {0, 0, 0, 1, 0}));
  const std::string loss =
      xent.write<float>("l.npy", {5}, {1.3125F, 0.82421875F, 3.046875F, 0.201171875F, 0.3125F});
  const Ran bf16 = xent.run(fmt::format("{} --loss {}", problem, loss));
  EXPECT_EQ(bf16.code, 0) << bf16.text;
  EXPECT_NE(bf16.text.find("bf16 numbers in f32"), std::string::npos) << bf16.text;
  EXPECT_EQ(xent.run(fmt::format("{} --loss {} --loss-dtype f32", problem, loss)).code, 1)
      << "unless told";
}

}  // namespace
