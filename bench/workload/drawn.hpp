// SPDX-License-Identifier: MIT
// Weights and ignored rows as people have them: no extremes, unlike those of cases.
#pragma once

#include <cstdint>

#include "bench/workload/buffer.hpp"
#include "bench/workload/form.hpp"
#include "cases/random.hpp"

namespace xent::bench {

/// The random streams of what is drawn here. No row of a case has them.
inline constexpr std::uint64_t stream_of_weights = std::uint64_t{1} << 62;
inline constexpr std::uint64_t stream_of_ignored = stream_of_weights + 1;

/// Returns weights from 1/2 to 3/2.
template <class Weight>
Buffer<Weight> drawn_weights(std::ptrdiff_t size, std::uint64_t seed) {
  Buffer<Weight> weights(size);
  cases::Random random(seed, stream_of_weights);
  for (std::ptrdiff_t k = 0; k < size; ++k)
    weights.data()[k] = static_cast<Weight>(random.uniform(0.5, 1.5));
  return weights;
}

/// Returns the labels, about that share of which are the ignored one. The first is not, so that a
/// mean is not of nothing.
inline Buffer<std::int64_t> with_ignored(const Buffer<std::int64_t>& labels, double share,
                                         std::uint64_t seed) {
  Buffer<std::int64_t> some(labels.size());
  cases::Random random(seed, stream_of_ignored);
  for (std::ptrdiff_t i = 0; i < labels.size(); ++i)
    some.data()[i] = i > 0 && random.uniform() < share ? ignored_label : labels.data()[i];
  return some;
}

}  // namespace xent::bench
