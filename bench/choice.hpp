// SPDX-License-Identifier: MIT
// Choice: which implementation to use for a given shape, by measuring them all now.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <xent/contract.hpp>
#include <xent/element.hpp>
#include <xent/implementation.hpp>
#include <xent/records/fastest_or_tied.hpp>

#include "bench/engine.hpp"

namespace xent::bench {

/// What is asked for.
struct Wish {
  std::ptrdiff_t batch = 1;    // N
  std::ptrdiff_t classes = 2;  // C
  DType dtype = DType::f32;
  Form form = {};
  bool gradient = false;
  int threads = 1;                     // that the kernels may use
  Tier tier = Tier::none;              // promised at least
  std::optional<double> max_ulp = {};  // of the losses that are checked before timing
  double seconds = 1;                  // of timing, about; the checks come on top
  std::uint64_t seed = 1;
};

/// One implementation, set against the wish.
struct Candidate {
  std::string implementation;
  Tier tier = Tier::none;
  std::optional<TimingRecord> timed;  // none where it was not timed
  bool qualifies = false;
  std::string reason;  // why, or why not
};

struct Choice {
  std::vector<Candidate> candidates;  // those that were timed first, by median
  /// The fastest that qualifies; several where their order cannot be told, those that promise more
  /// first; none where nobody qualifies, or nobody can be named for `doubt`. The other members are
  /// those of Fastest.
  std::vector<std::string> picked = {};
  std::vector<Interval> ratios = {};
  std::string least = {};
  std::string doubt = {};
};

/// Measures every implementation, and again, up to three times, where the fastest cannot be told
/// and less than ten times wish.seconds have passed. Throws as run() does.
Choice pick(const Wish& wish, std::span<const Implementation* const> among,
            const Progress& progress = {});

/// The choice among candidates that are complete but for whether they qualify and why.
Choice choose(const Wish& wish, std::vector<Candidate> candidates);

}  // namespace xent::bench
