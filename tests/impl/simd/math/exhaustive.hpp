// SPDX-License-Identifier: MIT
// Every float of an interval, in blocks of consecutive bit patterns, on both cores: for what is
// proved by computing all of it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/long_run.hpp"

namespace xent::tests {

inline constexpr std::uint32_t block_size = 1U << 16;

/// The largest error so far, with the input that attains it.
struct Witness {
  double error = 0;
  float at = 0;

  void take(double candidate, float x) {
    if (candidate > error) *this = {candidate, x};
  }
  void take(const Witness& other) { take(other.error, other.at); }
};

/// Of the bits of one block of results; the sum of the blocks' hashes is that of all.
inline std::uint64_t hash_of(std::uint32_t block, const std::vector<float>& results) {
  std::uint64_t hash = 14695981039346656037U ^ block;  // Fowler-Noll-Vo 1a, by 32 bits
  for (const float x : results) hash = (hash ^ std::bit_cast<std::uint32_t>(x)) * 1099511628211U;
  return hash;
}

/// What was seen of all blocks.
struct Exhaustion {
  std::vector<Witness> largest;
  std::uint64_t hash = 0;
  std::uint64_t count = 0;
};

/// Calls check(block, x, seen) for the floats of one sign from 0 to `largest` in magnitude, `x`
/// being the block's, of every `stride`th block.
template <class Check>
void exhaust(float largest, bool negative, std::uint32_t stride, std::vector<Exhaustion>& threads,
             const Check& check) {
  const auto blocks = std::bit_cast<std::uint32_t>(largest) / block_size + 1;
  const auto work = [&](std::uint32_t thread) {
    std::vector<float> x(block_size);
    const auto step = stride * static_cast<std::uint32_t>(threads.size());
    for (std::uint32_t block = thread * stride; block < blocks; block += step) {
      for (std::uint32_t k = 0; k < block_size; ++k) {
        const auto size = std::bit_cast<float>(block * block_size + k);
        x[k] = negative ? -std::min(size, largest) : std::min(size, largest);
      }
      threads[thread].count += block_size;
      check(block + (negative ? 1U << 31 : 0), x, threads[thread]);
    }
  };
  std::vector<std::thread> running;
  for (std::uint32_t thread = 0; thread < threads.size(); ++thread)
    running.emplace_back(work, thread);
  for (std::thread& one : running) one.join();
}

/// Whether the target has fused operations: those that have give the same bits, and those that have
/// not.
inline bool is_fused(std::string_view target) { return target != "SSE4" && target != "SCALAR"; }

/// Returns k where a run computes one block in k: all of them if XENT_LONG is set, else a sample,
/// which is smaller under an emulator.
inline std::uint32_t stride() { return is_long_run() ? 1 : XENT_SAMPLE; }

inline Exhaustion all_of(const std::vector<Exhaustion>& threads) {
  Exhaustion all = threads.front();
  for (std::size_t t = 1; t < threads.size(); ++t) {
    all.hash += threads[t].hash;
    all.count += threads[t].count;
    for (std::size_t k = 0; k < all.largest.size(); ++k) all.largest[k].take(threads[t].largest[k]);
  }
  return all;
}

}  // namespace xent::tests
