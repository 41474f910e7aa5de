// SPDX-License-Identifier: MIT
// xent eval by the reference: axes and forms of targets that say the same give the same.
#include <cstdint>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/csr_file.hpp"

namespace {

using namespace xent;
using tests::Program;

TEST(EvalForms, Axes) {
  const Program xent;
  // [2, 3, 2] with the classes on axis 1, and the same rows as [4, 3].
  const std::string nd =
      xent.write<double>("nd.npy", {2, 3, 2}, {1, 5, 2, 6, 4, 9, 0, 1, 8, 1, 3, 2});
  const std::string flat =
      xent.write<double>("flat.npy", {4, 3}, {1, 2, 4, 5, 6, 9, 0, 8, 3, 1, 1, 2});
  const std::string last =
      xent.write<double>("last.npy", {2, 2, 3}, {1, 2, 4, 5, 6, 9, 0, 8, 3, 1, 1, 2});
  const auto eval = [&](const std::string& logits, const std::string& probs,
                        const std::string& more) {
    return xent.run(fmt::format("eval --impl reference --logits {} --probs {} --reduction none{}",
                                logits, probs, more));
  };
  const tests::Ran rows = eval(flat, flat, "");
  EXPECT_TRUE(rows.code == 0 && eval(nd, nd, "").text == rows.text) << "the class axis is 1";
  EXPECT_EQ(eval(last, last, " --class-axis 2").text, rows.text) << "or where it is said to be";
  EXPECT_EQ(eval(last, last, " --class-axis -1").text, rows.text) << "counted from the end, too";
  EXPECT_EQ(eval(nd, nd, " --class-axis 3").code, 2) << "no such axis";
  const std::string out =
      fmt::format(" --loss-out {} --grad-out {}", xent.file("ndl.npy"), xent.file("ndg.npy"));
  EXPECT_EQ(eval(nd, nd, out).code, 0) << "files of the same shapes";
  EXPECT_EQ(xent.run(fmt::format("audit --logits {} --probs {} --loss {} --grad {} --max-ulp 0.5",
                                 nd, nd, xent.file("ndl.npy"), xent.file("ndg.npy")))
                .code,
            0)
      << "are judged";
  const std::string one = xent.write<double>("one.npy", {3}, {1, 2, 4});
  EXPECT_EQ(eval(one, one, "").code, 0) << "an unbatched row";
}

/// Rows of csr are the rows of probs with the same few numbers in them.
TEST(EvalForms, Csr) {
  const Program xent;
  const std::string x = xent.write<float>("cx.npy", {3, 3}, {1, 2, 4, 5, 6, 9, 0, 8, 3});
  const std::string p = xent.write<float>("cp.npy", {3, 3}, {.5F, 0, .25F, 0, 0, 0, 0, 1, 0});
  const std::string q =
      tests::write_csr(xent, "c.safetensors", {0, 2, 2, 3}, {0, 2, 1}, {.5F, .25F, 1});
  const std::string w = xent.write<float>("cw.npy", {3}, {1, 2, .125F});
  for (const char* more : {"", " --label-smoothing 0.1", " --reduction sum"}) {
    const std::string eval =
        fmt::format("eval --impl reference --logits {} --weight {}{}", x, w, more);
    const tests::Ran dense = xent.run(fmt::format("{} --probs {}", eval, p));
    const tests::Ran csr = xent.run(fmt::format("{} --csr {}", eval, q));
    EXPECT_TRUE(dense.code == 0 && csr.code == 0 && csr.text == dense.text)
        << fmt::format("csr{}: {} not {}", more, csr.text, dense.text);
  }
}

}  // namespace
