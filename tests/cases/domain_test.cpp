// SPDX-License-Identifier: MIT
// Which recipes lie within which domains.
#include <string_view>

#include <gtest/gtest.h>

#include "cases/case.hpp"

namespace {

using namespace xent::cases;

TEST(Domain, Domains) {
  const Recipe normal = parse_recipe("f32/normal(3)/4x10/labels/mean/seed=7");
  const Recipe masked = parse_recipe("f32/masked(3)/4x10/labels/mean/seed=7");
  const Recipe special = parse_recipe("f32/special(3)/4x10/labels/mean/seed=7");
  EXPECT_TRUE(lies_within(normal, {}) && lies_within(masked, {}) && lies_within(special, {}))
      << "all lie in the whole";
  EXPECT_TRUE(lies_within(normal, {.min_logit = -18, .max_logit = 18})) << "6 * 3 is 18";
  EXPECT_FALSE(lies_within(normal, {.min_logit = -17.9})) << "a logit may be too small";
  EXPECT_FALSE(lies_within(normal, {.max_logit = 17.9})) << "a logit may be too large";
  EXPECT_FALSE(lies_within(normal, {.max_classes = 9})) << "there may be too many classes";
  EXPECT_FALSE(lies_within(masked, {.masked = false}))
      << "masked is out where nothing may be masked";
  EXPECT_FALSE(lies_within(special, {.special = false}))
      << "special is out where nothing may be special";
  const Recipe weighted = parse_recipe("f32/normal(3)/4x10/labels+weight/mean/seed=7");
  EXPECT_TRUE(lies_within(weighted, {.min_weight = 0x1p-40, .max_weight = 0x1p40}))
      << "2^40 at most";
  EXPECT_FALSE(lies_within(weighted, {.min_weight = 0x1p-39})) << "a weight may be too small";
  EXPECT_FALSE(lies_within(weighted, {.max_weight = 0x1p39})) << "a weight may be too large";
  const Recipe narrow = parse_recipe("f16/normal(3)/4x10/labels+weight/mean/seed=7");
  EXPECT_TRUE(lies_within(narrow, {.min_weight = 0x1p-14, .max_weight = 0x1p14}))
      << "of f16 2^14 at most";
  EXPECT_FALSE(lies_within(narrow, {.max_weight = 0x1p13})) << "and no less";
  const Recipe heavy = parse_recipe("f64/deep_tail(40)/4x10/labels+weight/mean/seed=7");
  EXPECT_TRUE(lies_within(heavy, {.min_weight = 1, .max_weight = 0x1p64}))
      << "of a heavy family 2^64";
  EXPECT_FALSE(lies_within(heavy, {.max_weight = 0x1p63})) << "and no less";
  const Recipe smoothed = parse_recipe("f32/normal(3)/4x10/probs+smoothing=0.1/mean/seed=7");
  EXPECT_TRUE(lies_within(smoothed, {.min_label_smoothing = 0.1})) << "0.1 is not too small";
  EXPECT_FALSE(lies_within(smoothed, {.min_label_smoothing = 0.2}))
      << "the smoothing may be too small";
  EXPECT_TRUE(lies_within(normal, {.min_label_smoothing = 0.2})) << "no smoothing is not too small";
  EXPECT_FALSE(lies_within({.family = "gamma"}, {})) << "what is unknown lies nowhere";
  EXPECT_EQ(find_family("gamma"), nullptr) << "what is unknown is not found";
}

}  // namespace
