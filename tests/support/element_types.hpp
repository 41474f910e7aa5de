// SPDX-License-Identifier: MIT
// The element types of logits, for tests that are the same for each of them:
//
//   template <class T> class Limits : public testing::Test {};
//   TYPED_TEST_SUITE(Limits, ElementTypes);
//   TYPED_TEST(Limits, AreThoseOfTheFormat) { … TypeParam … }
#pragma once

#include <type_traits>

#include <gtest/gtest.h>

#include <xent/element.hpp>

namespace xent::tests {

using ElementTypes = OfEachElement<testing::Types, std::type_identity_t>;

}  // namespace xent::tests
