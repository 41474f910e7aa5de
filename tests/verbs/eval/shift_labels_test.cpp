// SPDX-License-Identifier: MIT
// --shift-labels is what shifting the labels by hand and ignoring the last token of each sequence
// is, in eval and in audit; and it needs labels.
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using tests::Program;

/// Two sequences of three tokens, five classes.
std::string logits(const Program& xent) {
  std::vector<float> x(30);
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = static_cast<float>((k * 7) % 11) / 2;
  return xent.write<float>("x.npy", {2, 3, 5}, x);
}

std::string labels(const Program& xent, const char* name, const std::vector<std::int64_t>& values) {
  return tests::write_npy(xent, name, "<i8", "(2, 3)", values);
}

TEST(ShiftLabels, IsWhatShiftingByHandIs) {
  const Program xent;
  const std::string x = "--class-axis -1 --logits " + logits(xent);
  const std::string shifted =
      fmt::format("{} --shift-labels --labels {}", x, labels(xent, "y.npy", {4, 1, 2, 0, 3, 1}));
  const std::string by_hand = fmt::format("{} --ignore-index -100 --labels {}", x,
                                          labels(xent, "z.npy", {1, 2, -100, 3, 1, -100}));
  for (const char* reduction : {"none", "mean", "sum"})
    for (const char* impl : {"simd", "reference"}) {
      const auto eval = [&](const std::string& problem) {
        return xent.run(fmt::format("eval --impl {} {} --reduction {}", impl, problem, reduction));
      };
      const tests::Ran one = eval(shifted);
      EXPECT_EQ(one.code, 0) << one.text;
      EXPECT_EQ(one.text, eval(by_hand).text) << impl << " " << reduction;
    }
  const std::string loss = xent.file("l.npy");
  xent.run(fmt::format("eval --impl simd {} --loss-out {}", by_hand, loss));
  const tests::Ran judged = xent.run(fmt::format("audit {} --loss {}", shifted, loss));
  EXPECT_EQ(judged.code, 0) << judged.text;
  EXPECT_NE(judged.text.find("labels of the next token, -100 ignored"), std::string::npos)
      << judged.text;
}

TEST(ShiftLabels, NeedsLabels) {
  const Program xent;
  const std::string x = xent.write<float>("x.npy", {1, 2}, {1, 2});
  const tests::Ran ran =
      xent.run(fmt::format("eval --impl simd --shift-labels --logits {} --probs {}", x,
                           xent.write<float>("q.npy", {1, 2}, {0.5F, 0.5F})));
  EXPECT_TRUE(ran.code == 2 && ran.text.find("--shift-labels needs --labels") != std::string::npos)
      << ran.text;
}

}  // namespace
