// SPDX-License-Identifier: MIT
// Roof: kernels that only read. No implementation can be faster than the fastest of them, since
// each has to read its logits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace xent::bench {

/// A kernel that loads every byte of an array once and does nothing else but combine them.
struct RoofKernel {
  std::string_view name;
  /// The bitwise or of the `size` bytes at `data`; 0 for none.
  std::uint8_t (*read)(const std::uint8_t* data, std::size_t size) = nullptr;
};

/// All read kernels, in the order of roof_kernels.def, compiled for the best instruction set of
/// this machine: use_instruction_set() does not lower the roof.
std::span<const RoofKernel> roof_kernels();

}  // namespace xent::bench
