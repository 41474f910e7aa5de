// SPDX-License-Identifier: MIT
// eval says on standard error where a problem lies outside the domain of the implementation, by the
// first element that does, and computes it all the same.
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr const char* note = "xent eval: note: outside the domain of ";

/// Two rows of two classes.
struct Files {
  std::vector<float> logits = {0, 1, 2, 3};
  std::vector<float> probs = {0.5F, 0.5F, 0.5F, 0.5F};
  std::vector<float> weight = {1, 1};
  bool soft = false;
  float smoothing = 0;
};

/// The note, or "".
std::string said(const Program& xent, const char* implementation, const Files& files) {
  const std::string targets = files.soft ? "--probs " + xent.write("q.npy", {2, 2}, files.probs)
                                         : "--labels " + xent.write_labels("y.npy", {0, 1});
  const tests::Ran ran = xent.run(
      fmt::format("eval --impl {} --logits {} {} --weight {} --label-smoothing {} --loss-out {}",
                  implementation, xent.write("x.npy", {2, 2}, files.logits), targets,
                  xent.write("w.npy", {2}, files.weight), files.smoothing, xent.file("l.npy")));
  EXPECT_EQ(ran.code, 0) << ran.text;
  const std::size_t at = ran.text.find(note);
  return at == std::string::npos ? "" : ran.text.substr(at);
}

void check(const Program& xent, const char* implementation, const Files& files,
           const std::string& where) {
  const std::string wanted =
      where.empty() ? "" : fmt::format("{}{}: {}\n", note, implementation, where);
  const std::string text = said(xent, implementation, files);
  EXPECT_EQ(text, wanted) << fmt::format("{}, not {}", text, wanted);
}

TEST(OutsideDomain, FirstElementIsNamed) {
  const Program xent;
  check(xent, "naive", {}, "");
  check(xent, "naive", {.logits = {0, 1, -infinity, -infinity}},
        "row 1, whose logits are all -inf");
  check(xent, "naive", {.logits = {0, 1, 2, 800}}, "logit 800 of row 1, class 1");
  check(xent, "naive", {.logits = {0, std::numeric_limits<float>::quiet_NaN(), 2, 3}},
        "logit nan of row 0, class 1");
  check(xent, "naive", {.weight = {1, 0x1p100F}},
        fmt::format("weight {} of class 1", double{0x1p100F}));
  check(xent, "naive", {.probs = {0, 1, 0x1p100F, 0}, .soft = true},
        fmt::format("probability {} of row 1, class 0", double{0x1p100F}));
  check(xent, "log_sum_exp", {.soft = true, .smoothing = 1e-35F}, "label smoothing 1e-35");
  for (const char* any : {"simd", "sparse", "faithful", "widened"})
    check(xent, any, {.logits = {0, 1e38F, -infinity, -infinity}, .weight = {1e30F, 1}}, "");
}

}  // namespace
