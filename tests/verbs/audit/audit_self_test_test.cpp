// SPDX-License-Identifier: MIT
// xent audit --self-test: every implementation is called right or as good as it promises, and every
// hypothesis is called wrong and named; and without it, logits are wanted.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "explain/hypothesis.hpp"
#include "tests/support/program.hpp"

namespace {

using namespace xent;
using tests::Program;

TEST(AuditSelfTest, TellsEach) {
  const Program xent;
  const tests::Ran ran = xent.run("audit --self-test");
  EXPECT_EQ(ran.code, 0) << ran.text;
  for (const Implementation* one : implementations())
    EXPECT_NE(ran.text.find("\n" + std::string(one->name) + " "), std::string::npos) << one->name;
  for (const explain::Hypothesis* one : explain::hypotheses()) {
    const std::string name(one->name);
    const std::size_t line = ran.text.find("\n" + name + " ");
    ASSERT_NE(line, std::string::npos) << name;
    const std::string text = ran.text.substr(line + 1, ran.text.find('\n', line + 1) - line - 1);
    if (one->shows_in_16_bits) continue;
    EXPECT_NE(text.find(" wrong "), std::string::npos) << text;
    EXPECT_NE(text.find(name, name.size()), std::string::npos) << text;
  }
  const auto all = std::to_string(implementations().size() + explain::hypotheses().size());
  EXPECT_NE(ran.text.find("\n" + all + " of " + all + " as they should be\n"), std::string::npos)
      << ran.text;
}

TEST(AuditSelfTest, OthersNeedLogits) {
  const Program xent;
  const tests::Ran ran = xent.run("audit --loss l.npy");
  EXPECT_TRUE(ran.code == 2 && ran.text.find("--logits is required") != std::string::npos)
      << ran.text;
}

}  // namespace
