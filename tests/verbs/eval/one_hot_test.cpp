// SPDX-License-Identifier: MIT
// The program takes one-hot matrices of every integer type and bool for probabilities, in both byte
// orders, and gives the same losses and gradients as for numbers; also of csr.
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

std::string with_probs(const std::string& impl, const std::string& logits,
                       const std::string& probs) {
  return fmt::format("eval --impl {} --reduction none --logits {} --probs {}", impl, logits, probs);
}

template <class T>
void one_hot_of(const Program& xent, const std::string& code, const std::string& logits,
                const std::string& losses) {
  for (const char order : {'<', '>'}) {
    const std::string descr = order + code;
    const std::string probs =
        write_npy<T>(xent, "q.npy", descr, "(3, 2)", {T{0}, T{1}, T{1}, T{0}, T{0}, T{1}});
    for (const char* impl : {"reference", "simd"})
      EXPECT_EQ(xent.run(with_probs(impl, logits, probs)).text, losses) << descr + " is read";
  }
}

TEST(OneHot, OfEveryIntegerType) {
  const Program xent;
  const std::string logits = xent.write<float>("x.npy", {3, 2}, {1, 2, 3, 5, -1, 0.5F});
  const std::string numbers = xent.write<float>("p.npy", {3, 2}, {0, 1, 1, 0, 0, 1});
  const Ran losses = xent.run(with_probs("reference", logits, numbers));
  EXPECT_EQ(losses.code, 0) << losses.text;
  for_each_integer_type(
      [&]<class T>(const char* code) { one_hot_of<T>(xent, code, logits, losses.text); });
}

/// The probabilities have the type of the logits, so every implementation takes them.
TEST(OneHot, OfEveryTypeOfLogits) {
  const Program xent;
  const std::string probs = write_npy<std::int64_t>(xent, "q.npy", "<i8", "(1, 2)", {0, 1});
  const auto takes = [&]<class T>(T /*zero*/) {
    const std::string logits = xent.write<T>("x.safetensors", {1, 2}, {T(1.0F), T(1.0F)});
    const Ran ran = xent.run(with_probs("sparse", logits, probs));
    EXPECT_TRUE(ran.code == 0 && ran.text.starts_with("0.69314")) << ran.text;
    const auto judged =
        xent.json(fmt::format("audit --logits {} --probs {} --loss {} --reduction none --max-ulp 1",
                              logits, probs, xent.write<float>("loss.npy", {1}, {0.693147181F})));
    EXPECT_EQ(judged["verdict"], "right");
  };
  takes(float());
  takes(double());
  takes(bf16());
  takes(f16());
}

/// Integers of 16 bits may be patterns: 0 and 1 alone are what they are called, unless told.
TEST(OneHot, SixteenBits) {
  const Program xent;
  const auto logits = write_npy<std::uint16_t>(xent, "x.npy", "<u2", "(1, 2)", {0x3f80, 0x3f80});
  const auto one_hot = write_npy<std::int16_t>(xent, "q.npy", "<i2", "(1, 2)", {0, 1});
  const auto patterns = write_npy<std::uint16_t>(xent, "b.npy", "<u2", "(1, 2)", {0, 0x3f80});
  const auto loss = [&](const std::string& probs, const std::string& more) {
    return xent.run(with_probs("sparse", logits, probs) + " --logits-dtype bf16" + more).text;
  };
  EXPECT_TRUE(loss(one_hot, "").starts_with("0.69314")) << "0 and 1 are integers";
  EXPECT_TRUE(loss(patterns, "").starts_with("0.69314")) << "others are what the logits are";
  EXPECT_TRUE(loss(one_hot, " --probs-dtype bf16").starts_with("6.3")) << "or what is told";
}

TEST(OneHot, OtherIntegers) {
  const Program xent;
  const std::string logits = xent.write<float>("x.npy", {1, 2}, {0, 0});
  const auto run = [&](const std::string& probs, const std::string& more = "") {
    return xent.run(with_probs("reference", logits, probs) + more);
  };
  EXPECT_TRUE(
      run(write_npy<std::int32_t>(xent, "q.npy", "<i4", "(1, 2)", {1 << 24, -(1 << 24) + 2}))
          .text.starts_with("1.386294"))
      << "f32 holds them, and their sum is 2";
  expect_refused(run(write_npy<std::int32_t>(xent, "q.npy", "<i4", "(1, 2)", {0, (1 << 24) + 1})),
                 "q.npy: element [0, 1] is 16777217, which f32 does not hold exactly");
  expect_refused(run(write_npy<std::uint8_t>(xent, "q.npy", "|b1", "(1, 2)", {0, 7})),
                 "q.npy: element [0, 1] is 7, no bool: neither 0 nor 1");
  expect_refused(run(write_npy<std::int16_t>(xent, "q.npy", "<i2", "(1, 2)", {0, 2})),
                 "q.npy: element [0, 1] is 2, neither 0 nor 1, so the file holds 16-bit patterns: "
                 "--probs-dtype says what they stand for");
  expect_refused(
      run(write_npy<std::int8_t>(xent, "q.npy", "|i1", "(1, 2)", {0, 1}), " --probs-dtype f32"),
      "q.npy: holds i8, not f32 as --probs-dtype says");
  expect_refused(run(write_npy<std::int64_t>(xent, "q.npy", "<i8", "(2,)", {0, 1 << 30})),
                 "q.npy: has the shape [2], not [1, 2]");
}

}  // namespace
