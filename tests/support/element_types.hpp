// SPDX-License-Identifier: MIT
// The element types of logits, for tests that are the same for each of them:
//
//   template <class T> class Limits : public testing::Test {};
//   TYPED_TEST_SUITE(Limits, ElementTypes);
//   TYPED_TEST(Limits, AreThoseOfTheFormat) { … TypeParam … }
#pragma once

#include <gtest/gtest.h>

#include <xent/element.hpp>

namespace xent::tests {

using ElementTypes = testing::Types<float, double, bf16, f16>;

}  // namespace xent::tests
