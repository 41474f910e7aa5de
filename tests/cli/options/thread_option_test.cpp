// SPDX-License-Identifier: MIT
// How many threads eval and audit use: as many as they are told, else one for each core that the
// affinity mask and the quota of the control groups leave them.
#include "cli/options/thread_option.hpp"

#include <gtest/gtest.h>

namespace {

using xent::cli::threads_of;

TEST(ThreadOption, CoresOfTheMaskAndTheQuota) {
  EXPECT_EQ(threads_of(0, {.affinity = 8}), 8);
  EXPECT_EQ(threads_of(0, {.affinity = 8, .quota = 2.5}), 2) << "whole cores of the quota";
  EXPECT_EQ(threads_of(0, {.affinity = 8, .quota = 0.5}), 1) << "a part of a core is one thread";
  EXPECT_EQ(threads_of(0, {.affinity = 4096}), 1024) << "no more than --threads takes";
}

TEST(ThreadOption, WhatIsToldCounts) {
  EXPECT_EQ(threads_of(3, {.affinity = 1}), 3);
  EXPECT_EQ(threads_of(0), xent::machine::cores().usable()) << "this process";
}

}  // namespace
