// SPDX-License-Identifier: MIT
// Weights and ignored rows as people have them: no extremes, unlike those of cases.
#pragma once

#include <cstdint>
#include <random>

#include "bench/workload/buffer.hpp"
#include "bench/workload/form.hpp"

namespace xent::bench {

/// A number from 0 to 1 of the stream, the same on every machine.
inline double share_of(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

/// Returns weights from 1/2 to 3/2.
template <class Weight>
Buffer<Weight> drawn_weights(std::ptrdiff_t size, std::uint64_t seed) {
  Buffer<Weight> weights(size);
  std::mt19937_64 random(seed);
  for (std::ptrdiff_t k = 0; k < size; ++k)
    weights.data()[k] = static_cast<Weight>(0.5 + share_of(random));
  return weights;
}

/// Returns the labels, about that share of which are the ignored one, but not the first: a mean is
/// not of nothing.
inline Buffer<std::int64_t> with_ignored(const Buffer<std::int64_t>& labels, double share,
                                         std::uint64_t seed) {
  Buffer<std::int64_t> some(labels.size());
  std::mt19937_64 random(seed);
  for (std::ptrdiff_t i = 0; i < labels.size(); ++i)
    some.data()[i] = i > 0 && share_of(random) < share ? ignored_label : labels.data()[i];
  return some;
}

}  // namespace xent::bench
