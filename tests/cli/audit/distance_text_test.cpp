// SPDX-License-Identifier: MIT
// How far a result is off, in words: percent with two digits, never less than the error, and as
// many digits of both numbers as tell them apart.
#include "cli/verbs/audit/distance_text.hpp"

#include <gtest/gtest.h>

namespace {

using namespace xent;

Witness witness(const char* got, const char* exact) {
  Witness made;
  made.got = got;
  made.expected = exact;
  return made;
}

TEST(DistanceText, Percent) {
  EXPECT_EQ(cli::in_percent(380), "38,000 %");
  EXPECT_EQ(cli::in_percent(12.341), "1,300 %") << "rounded up";
  EXPECT_EQ(cli::in_percent(1e5), "10,000,000 %");
  EXPECT_EQ(cli::in_percent(0.5), "50 %");
  EXPECT_EQ(cli::in_percent(2.1e-5), "0.0021 %");
  EXPECT_EQ(cli::in_percent(1e10), "1e+12 %");
}

TEST(DistanceText, Words) {
  EXPECT_EQ(cli::distance_text(witness("0x1.8p0", "1")), "is 50 % off");
  EXPECT_EQ(cli::distance_text(witness("0x0p+0", "1e-9")), "became 0");
  EXPECT_EQ(cli::distance_text(witness("-0x1p0", "1")), "has the wrong sign");
  EXPECT_EQ(cli::distance_text(witness("0x1p0", "0")), "is not 0");
  EXPECT_EQ(cli::distance_text(witness("nan", "0.25")), "is nan");
  EXPECT_EQ(cli::distance_text(witness("inf", "0.25")), "is inf");
  EXPECT_EQ(cli::distance_text(witness("0x1p0", "nan")), "is a number");
  EXPECT_EQ(cli::distance_text(witness("0x1p1", "[1, 1.0000000000000002]")), "is 100 % off")
      << "of an enclosure its lower end";
}

TEST(DistanceText, GotAndExact) {
  EXPECT_EQ(cli::got_and_exact(witness("0x1.79999ap+1", "0.0077")), "got 2.95, exact 0.0077");
  EXPECT_EQ(cli::got_and_exact(witness("0x1.000002p0", "1")), "got 1.00000012, exact 1");
  EXPECT_EQ(cli::got_and_exact(witness("0x0p0", "1.0513511e-13")), "got 0, exact 1.05135e-13");
  EXPECT_EQ(cli::got_and_exact(witness("nan", "0.25")), "got nan, exact 0.25");
}

}  // namespace
