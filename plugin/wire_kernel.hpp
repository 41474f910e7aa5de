// SPDX-License-Identifier: MIT
// What the worker process of a plugin says of its kernels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace xent::plugin {

/// An error bound as the wire has it: ulp, relative, absolute; and those of the loss, the gradient
/// and the log-sum-exp.
using WireBound = std::array<double, 3>;
using WireBounds = std::array<WireBound, 3>;

/// A kernel as the plugin's table has it; its strings are cut.
struct WireKernel {
  std::array<char, 80> name = {};
  std::array<char, 400> summary = {};
  std::uint64_t size = 0;
  std::uint32_t types = 0, targets = 0, takes = 0;
  std::int32_t tier = 0, reproducible = 0, reserved = 0;
  bool computes = false;
  bool has_function = false;      // that fills in the bounds of a row
  bool states_constants = false;  // bounds of every row
  double min_logit = 0, max_logit = 0, min_weight = 0, max_weight = 0, max_prob = 0;
  std::int64_t max_classes = 0;
  WireBounds bounds = {};  // those of every row, or of one row by the function
};

inline constexpr std::size_t most_kernels = 64;

/// What the worker says of the plugin when it has loaded it.
struct Loaded {
  std::array<char, 600> fault = {};  // why it cannot be used; "" where it can
  std::int32_t kernel_count = 0;
  std::array<WireKernel, most_kernels> kernels = {};
};

/// Copies a text into an array of the wire, cut where it is longer.
template <std::size_t n>
void put(std::array<char, n>& to, const char* text) {
  std::size_t k = 0;
  for (; text != nullptr && text[k] != '\0' && k + 1 < n; ++k) to[k] = text[k];
  to[k] = '\0';
}

}  // namespace xent::plugin
