// SPDX-License-Identifier: MIT
// The program takes labels of every integer type and bool, in both byte orders, where every value
// fits; else it names the row and the value.
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/verbs/integer_types.hpp"
#include "tests/verbs/typed_npy.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

std::string eval_with(const std::string& logits, const std::string& labels) {
  return fmt::format("eval --impl reference --reduction none --logits {} --labels {}", logits,
                     labels);
}

template <class T>
void labels_of(const Program& xent, const std::string& code, const std::string& logits,
               const std::string& losses) {
  for (const char order : {'<', '>'}) {
    const std::string descr = order + code;
    const std::string good = write_npy<T>(xent, "good.npy", descr, "(3,)", {1, 0, 1});
    EXPECT_EQ(xent.run(eval_with(logits, good)).text, losses) << descr + " labels are read";
    const std::string bad = write_npy<T>(xent, "bad.npy", descr, "(3,)", {1, 0, 2});
    expect_refused(xent.run(eval_with(logits, bad)),
                   code == "b1" ? "bad.npy: element 2 is 2, no bool"
                                : "bad.npy: label 2 of row 2 is not in [0, 2)");
  }
}

TEST(IntegerLabels, Labels) {
  const Program xent;
  const std::string logits = xent.write<float>("x.npy", {3, 2}, {1, 2, 3, 5, -1, 0.5F});
  const Ran losses = xent.run(eval_with(logits, xent.write_labels("y.npy", {1, 0, 1})));
  EXPECT_EQ(losses.code, 0) << "int64 labels are read";
  for_each_integer_type(
      [&]<class T>(const char* code) { labels_of<T>(xent, code, logits, losses.text); });
  const std::uint64_t large = std::uint64_t{1} << 63;
  expect_refused(xent.run(eval_with(logits, write_npy<std::uint64_t>(xent, "large.npy", "<u8",
                                                                     "(3,)", {0, large, 0}))),
                 "large.npy: element 1 is 9223372036854775808, larger than the largest int64");
  const std::string ignored = write_npy<std::uint8_t>(xent, "255.npy", "|u1", "(3,)", {1, 255, 1});
  EXPECT_EQ(xent.run(eval_with(logits, ignored) + " --ignore-index 255").code, 0)
      << "255 is ignored";
  const std::string python2 =
      write_npy<float>(xent, "long.npy", "<f4", "(3L, 2L)", {1, 2, 3, 5, -1, 0.5F});
  EXPECT_EQ(xent.run(eval_with(python2, xent.file("y.npy"))).text, losses.text)
      << "sizes as Python 2 writes them are read";
}

}  // namespace
