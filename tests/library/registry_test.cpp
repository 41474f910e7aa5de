// SPDX-License-Identifier: MIT
// The list of implementations, what they say of themselves, and which is picked.
#include <string>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "tests/library/simple_call.hpp"

namespace {

using namespace xent;
using tests::SimpleCall;

TEST(LibraryRegistry, ListsTheImplementations) {
  ASSERT_EQ(xent_implementation_count(), implementations().size());
  for (std::size_t i = 0; i < xent_implementation_count(); ++i) {
    xent_contract contract{};
    contract.size = sizeof contract;
    ASSERT_EQ(xent_describe(xent_implementation_at(i), {kDLFloat, 64, 1}, &contract, nullptr),
              XENT_OK);
    const Implementation& one = *implementations()[i];
    EXPECT_EQ(contract.name, one.name);
    EXPECT_EQ(contract.summary, one.summary);
    EXPECT_EQ(contract.tier, static_cast<int>(one.f64.tier));
    EXPECT_EQ(contract.takes, (1U << 11U) - 1) << "all take everything";
    EXPECT_EQ(contract.min_logit, one.f64.domain.min_logit);
    EXPECT_EQ(contract.max_classes, one.f64.domain.max_classes);
    EXPECT_EQ(contract.max_prob, one.f64.domain.max_prob);
    EXPECT_EQ(contract.dispatched != 0, one.dispatched);
    EXPECT_EQ(xent_find(contract.name), xent_implementation_at(i));
  }
  EXPECT_EQ(xent_implementation_at(xent_implementation_count()), nullptr);
  EXPECT_EQ(xent_find("fast"), nullptr);
  EXPECT_EQ(xent_find(nullptr), nullptr);
}

TEST(LibraryRegistry, ACallerWithASmallerStructKeepsWhatLiesBehindIt) {
  xent_contract contract{};
  contract.size = offsetof(xent_contract, reproducible);
  contract.dispatched = -77;
  ASSERT_EQ(xent_describe(xent_find("simd"), {kDLFloat, 32, 1}, &contract, nullptr), XENT_OK);
  EXPECT_EQ(contract.dispatched, -77);
  EXPECT_EQ(contract.size, offsetof(xent_contract, reproducible));
  xent_error error{};
  EXPECT_EQ(xent_describe(xent_find("simd"), {kDLInt, 32, 1}, &contract, &error), XENT_INVALID);
  EXPECT_EQ(std::string(error.field), "dtype");
}

TEST(LibraryRegistry, PicksByTierAndReadsNoData) {
  SimpleCall call;
  call.x.data = nullptr;
  call.y.data = nullptr;
  xent_error error{};
  const auto picked = [&](std::int32_t tier) { return xent_pick(&call.problem, tier, &error); };
  EXPECT_EQ(picked(XENT_TIER_NONE), xent_find("simd"));
  EXPECT_EQ(picked(XENT_TIER_STABLE), xent_find("simd"));
  EXPECT_EQ(picked(XENT_TIER_ACCURATE), xent_find("simd"));
  EXPECT_EQ(picked(XENT_TIER_FAITHFUL), xent_find("faithful"));
  EXPECT_EQ(picked(XENT_TIER_CORRECTLY_ROUNDED), nullptr);
  EXPECT_EQ(std::string(error.field), "tier");
  EXPECT_EQ(picked(9), nullptr);
  call.rows_of_labels[0] = 5;
  EXPECT_EQ(picked(XENT_TIER_NONE), nullptr);
  EXPECT_EQ(std::string(error.field), "labels");
}

TEST(LibraryRegistry, InstructionSetsChangeWhatIsComputedWith) {
  ASSERT_NE(xent_instruction_set(0), nullptr);
  for (std::size_t i = 0; xent_instruction_set(i) != nullptr; ++i) {
    SimpleCall call;
    call.execution.instruction_set = xent_instruction_set(i);
    EXPECT_EQ(
        xent_compute(call.implementation, &call.problem, &call.results, &call.execution, nullptr),
        XENT_OK);
    Problem<float> problem{.logits = row_major<const float>(call.logits.data(), 2, 3),
                           .targets = Labels<std::int64_t>{call.labels.data(), 2}};
    float loss = 0;
    find_implementation("simd")->f32.kernel(
        problem, {.loss = {&loss, 1}},
        {.instruction_set = *find_instruction_set(xent_instruction_set(i))});
    EXPECT_EQ(call.loss, loss) << xent_instruction_set(i);
  }
}

TEST(LibraryRegistry, SaysWhichVersionItIs) {
  EXPECT_EQ(xent_abi_version(), XENT_ABI_VERSION);
  EXPECT_EQ(std::string(xent_version()).find('.'), 1U);
}

}  // namespace
