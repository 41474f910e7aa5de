// SPDX-License-Identifier: MIT
// Check: what is timed is first shown to be right; a wrong result has no speed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xent/contract.hpp>

#include "bench/workload/workload.hpp"

namespace xent::bench {

/// What the reference said of a result.
struct Check {
  std::string fault;      // "" where the result keeps the contract
  double loss_ulp = 0;    // the largest error of the losses judged
  std::int64_t rows = 0;  // judged
};

/// The rows to judge: the first, the last, the middle one, then random ones by `seed`; at most 8
/// and `logits` logits in all, but at least one row (none of an empty batch). Ascending.
std::vector<std::ptrdiff_t> sample_rows(const Shape& shape, std::ptrdiff_t logits,
                                        std::uint64_t seed);

/// Runs the kernel on the workload and judges a sample of the rows against the reference: their
/// losses and, with gradient, every component of theirs. Where what is timed is reduced, it is
/// computed too, with its gradient, and compared with the rows.
template <class T>
Check check(const Contract<T>& contract, const Workload<T>& workload, const Form& form,
            std::ptrdiff_t logits);

}  // namespace xent::bench
