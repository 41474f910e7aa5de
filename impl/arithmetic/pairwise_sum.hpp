// SPDX-License-Identifier: MIT
// A PairwiseSum takes its terms one by one and adds them in a binary tree, so that each of n terms
// takes part in at most 1 + log2 n roundings. It keeps the sums of 2^k terms that wait for a
// partner: one for each bit k that is set in the number of terms so far.
//
// Error: docs/error_bounds.md, lemma 5 (pairwise sums).
//
// Source: Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput. 14 (1993), which
// has pairwise summation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace xent::impl {

/// The sum of the terms that were added, at first 0.
template <class W>
class PairwiseSum {
 public:
  void add(W term) noexcept {
    std::size_t k = 0;
    for (; is_waiting(k); ++k) term += waiting_[k];
    waiting_[k] = term;
    ++terms_;
  }

  W total() const noexcept {
    W sum = 0;
    for (std::size_t k = 0; terms_ >> k != 0; ++k)
      if (is_waiting(k)) sum += waiting_[k];
    return sum;
  }

 private:
  bool is_waiting(std::size_t k) const noexcept { return (terms_ >> k & 1U) != 0; }

  std::uint64_t terms_ = 0;
  std::array<W, 63> waiting_;  // [k] is set where bit k of terms_ is
};

}  // namespace xent::impl
