// SPDX-License-Identifier: MIT
// The element types of logits, for tests that are the same for each of them:
//
//   template <class T> class Limits : public testing::Test {};
//   TYPED_TEST_SUITE(Limits, ElementTypes, ElementName);
//   TYPED_TEST(Limits, AreThoseOfTheFormat) { … TypeParam … }
#pragma once

#include <string>

#include <gtest/gtest.h>

#include <xent/element.hpp>

namespace xent::tests {

using ElementTypes = testing::Types<float, double, bf16, f16>;

/// Names a test after its element type: Limits/f32.AreThoseOfTheFormat.
struct ElementName {
  template <class T>
  static std::string GetName(int) {
    return std::string(to_string(dtype_of<T>));
  }
};

}  // namespace xent::tests
