// SPDX-License-Identifier: MIT
// .safetensors files of given bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace xent::tests {

/// The 8 bytes of a header's length.
inline std::string length_bytes(std::uint64_t length) {
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes;
}

/// A .safetensors file of that header and data, whether it is a good one or not.
inline std::string safetensors(std::string_view header, std::string_view data) {
  return length_bytes(header.size()).append(header).append(data);
}

/// The header of one f32, "x".
inline constexpr std::string_view one_F32 =
    R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";

}  // namespace xent::tests
