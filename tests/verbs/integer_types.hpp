// SPDX-License-Identifier: MIT
// The integer types of .npy files, and bool, by the names that they have there.
#pragma once

#include <cstdint>

namespace xent::tests {

/// Calls f.operator()<T>(code) for each: T is the C++ type, `code` that of 'descr' without the byte
/// order.
template <class F>
void for_each_integer_type(F f) {
  f.template operator()<std::uint8_t>("b1");
  f.template operator()<std::int8_t>("i1");
  f.template operator()<std::int16_t>("i2");
  f.template operator()<std::int32_t>("i4");
  f.template operator()<std::int64_t>("i8");
  f.template operator()<std::uint8_t>("u1");
  f.template operator()<std::uint16_t>("u2");
  f.template operator()<std::uint32_t>("u4");
  f.template operator()<std::uint64_t>("u8");
}

}  // namespace xent::tests
